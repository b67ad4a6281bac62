package menara.platform.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The roles of the realm, and what each lets its bearer see.
 *
 * <p>Roles add up: a caller with several roles may call what any of them may. But a caller for a party ({@code PARTNER}, {@code TENANT})
 * stays confined to its organization, whatever other roles it has: it sees only its own data ({@link Caller#maySee}), and may not call
 * routes for operator roles only, because their answers are not limited to a party ({@link RouteTable.Route#isOfTheHouse}).
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

    /** What a role lets its bearer see, on the routes that it opens. */
    enum Sight {
        /** Data of all parties: a role of the operator. */
        ALL,
        /** Data of its organization and nothing else, whatever other roles the bearer has. */
        CONFINED,
        /** Nothing by itself: only data of the bearer's organization, or of those it reports for, or what another role shows. */
        NONE
    }

    private final Sight sight;

    Role(Sight sight) {
        this.sight = sight;
    }

    Sight sight() {
        return sight;
    }

    /** The name in the realm: {@code capacity-manager}. */
    public String realmName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty for other roles of the realm. */
    public static Optional<Role> ofRealm(String realmName) {
        return Arrays.stream(values())
                .filter(role -> role.realmName().equals(realmName))
                .findFirst();
    }
}
