package menara.gateway.party;

import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A person signed in to the portal, with the party its access token names. */
public final class PortalUser extends DefaultOidcUser {

    private static final long serialVersionUID = 1L;

    private final Party party;

    public PortalUser(OidcUser user, Party party) {
        super(user.getAuthorities(), user.getIdToken());
        this.party = party;
    }

    Party party() {
        return party;
    }
}
