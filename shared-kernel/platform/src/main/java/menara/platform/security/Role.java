package menara.platform.security;

import java.util.Arrays;
import java.util.Optional;

/** What a caller may be, as the realm names it. */
public enum Role {
    OPERATOR,
    CAPACITY_MANAGER,
    BILLING_CLERK,
    BILLING_APPROVER,
    FINANCE,
    INVESTOR_RELATIONS,
    INVESTMENT_APPROVER,
    PARTNER,
    TENANT,
    USAGE_REPORTER,
    USAGE_BACKFILL,
    AUDITOR;

    /** The realm's spelling: {@code capacity-manager}. */
    public String realmName() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Empty for roles of the realm that mean nothing here. */
    public static Optional<Role> ofRealm(String realmName) {
        return Arrays.stream(values())
                .filter(role -> role.realmName().equals(realmName))
                .findFirst();
    }
}
