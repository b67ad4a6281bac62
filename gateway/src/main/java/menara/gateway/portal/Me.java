package menara.gateway.portal;

import java.util.List;
import menara.gateway.party.Callers;
import menara.gateway.party.Party;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller, so that the page can greet it and choose what to show. Services decide what it may do. */
@RestController
class Me {

    /**
     * @param name for people to read
     * @param organization alias of the Keycloak organization; empty for people of no organization
     * @param roles realm roles
     */
    record Answer(String name, String organization, List<String> roles) {}

    @GetMapping("/api/me")
    Answer me() {
        Party party = Callers.current().orElseThrow();
        return new Answer(party.name(), party.organization(), party.roles());
    }
}
