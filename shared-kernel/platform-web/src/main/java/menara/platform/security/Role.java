package menara.platform.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a caller may be, as the realm names it, and how far it sees by that.
 *
 * <p>Roles add up: whoever has several passes where one of them passes. But who comes for a party ({@code PARTNER}, {@code TENANT}) stays
 * confined to its organization, whatever other roles it has: it sees what is its own ({@link Caller#maySee}), and does not pass where
 * only roles of the house do, because what is answered there is cut to nobody's own ({@link RouteTable.Route#isOfTheHouse}).
 */
public enum Role {
    OPERATOR(Sight.ALL),
    CAPACITY_MANAGER(Sight.ALL),
    BILLING_CLERK(Sight.ALL),
    BILLING_APPROVER(Sight.ALL),
    FINANCE(Sight.ALL),
    INVESTOR_RELATIONS(Sight.ALL),
    INVESTMENT_APPROVER(Sight.ALL),
    PARTNER(Sight.CONFINED),
    TENANT(Sight.CONFINED),
    USAGE_REPORTER(Sight.NONE),
    USAGE_BACKFILL(Sight.NONE),
    AUDITOR(Sight.ALL);

    /** How far a role lets its bearer see, on the routes that it opens. */
    enum Sight {
        /** Everybody's: a role of the house. */
        ALL,
        /** What belongs to its organization and nothing else, whatever other roles the bearer has. */
        CONFINED,
        /** Nothing by itself: what belongs to the bearer's organization, or to those it reports for, or what another role shows. */
        NONE
    }

    private final Sight sight;

    Role(Sight sight) {
        this.sight = sight;
    }

    Sight sight() {
        return sight;
    }

    /** The realm's spelling: {@code capacity-manager}. */
    public String realmName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty for roles of the realm that mean nothing here. */
    public static Optional<Role> ofRealm(String realmName) {
        return Arrays.stream(values())
                .filter(role -> role.realmName().equals(realmName))
                .findFirst();
    }
}
