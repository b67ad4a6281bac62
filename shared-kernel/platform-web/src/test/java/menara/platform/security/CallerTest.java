package menara.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import menara.values.PartnerId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who sees whose affairs: each role, with and without an organization. */
class CallerTest {

    private static final TenantId OWN = new TenantId("atlas-ai");
    private static final TenantId FOREIGN = new TenantId("rif-bio");
    private static final PartnerId OWN_AS_PARTNER = new PartnerId("atlas-ai");
    private static final PartnerId FOREIGN_PARTNER = new PartnerId("nvidia");

    private static final Set<Role> OF_THE_HOUSE = EnumSet.of(
            Role.OPERATOR,
            Role.CAPACITY_MANAGER,
            Role.BILLING_CLERK,
            Role.BILLING_APPROVER,
            Role.FINANCE,
            Role.INVESTOR_RELATIONS,
            Role.INVESTMENT_APPROVER,
            Role.AUDITOR);

    @ParameterizedTest
    @EnumSource(Role.class)
    void only_a_role_of_the_house_sees_what_belongs_to_others(Role role) {
        boolean house = OF_THE_HOUSE.contains(role);
        for (var caller : Set.of(of("atlas-ai", role), nowhere(role))) {
            assertThat(caller.seesAll()).isEqualTo(house);
            assertThat(caller.maySee(FOREIGN)).isEqualTo(house);
            assertThat(caller.maySee(FOREIGN_PARTNER)).isEqualTo(house);
            assertThat(caller.mayReportFor(FOREIGN)).as("no role grants it").isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void who_has_no_organization_has_nothing_of_its_own(Role role) {
        boolean house = OF_THE_HOUSE.contains(role);
        assertThat(nowhere(role).maySee(OWN)).isEqualTo(house);
        assertThat(nowhere(role).maySee(OWN_AS_PARTNER)).isEqualTo(house);
        assertThat(nowhere(role).tenant()).isEmpty();
        assertThat(nowhere(role).partner()).isEmpty();
        assertThat(nowhere(role).parties()).isEmpty();
    }

    @Test
    void its_own_is_seen_in_the_part_it_comes_in() {
        assertThat(of("atlas-ai", Role.TENANT).maySee(OWN)).isTrue();
        assertThat(of("atlas-ai", Role.TENANT).maySee(OWN_AS_PARTNER)).isFalse();
        assertThat(of("atlas-ai", Role.PARTNER).maySee(OWN_AS_PARTNER)).isTrue();
        assertThat(of("atlas-ai", Role.PARTNER).maySee(OWN)).isFalse();
        assertThat(of("atlas-ai", Role.USAGE_REPORTER).maySee(OWN)).isTrue();
        assertThat(of("atlas-ai", Role.USAGE_REPORTER).maySee(OWN_AS_PARTNER)).isFalse();
        assertThat(of("atlas-ai").maySee(OWN_AS_PARTNER)).as("without any role").isFalse();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_confining_role_wins_over_every_other(Role other) {
        for (var confining : Set.of(Role.TENANT, Role.PARTNER)) {
            assertThat(of("atlas-ai", confining, other).maySee(FOREIGN)).isFalse();
            assertThat(of("atlas-ai", confining, other).maySee(FOREIGN_PARTNER)).isFalse();
            assertThat(nowhere(confining, other).maySee(OWN)).isFalse();
        }
        assertThat(nowhere(Role.values()).maySee(OWN)).isFalse();
    }

    @Test
    void a_machine_reports_for_the_tenants_it_is_granted_by_name_and_sees_what_is_theirs() {
        var machine = granted(Set.of("atlas-ai"), Role.USAGE_REPORTER);
        assertThat(machine.mayReportFor(OWN)).isTrue();
        assertThat(machine.maySee(OWN)).isTrue();
        assertThat(machine.mayReportFor(FOREIGN)).isFalse();
        assertThat(machine.maySee(FOREIGN)).isFalse();
        var tenant = granted(Set.of("rif-bio"), Role.TENANT, Role.USAGE_REPORTER);
        assertThat(tenant.maySee(FOREIGN)).as("a tenant stays confined").isFalse();
    }

    private static Caller of(String organization, Role... roles) {
        return new Caller("s", "n", Optional.of(organization), Set.of(), roles(roles));
    }

    private static Caller nowhere(Role... roles) {
        return new Caller("s", "n", Optional.empty(), Set.of(), roles(roles));
    }

    private static Caller granted(Set<String> tenants, Role... roles) {
        return new Caller("s", "n", Optional.empty(), tenants, roles(roles));
    }

    private static Set<Role> roles(Role... roles) {
        var set = EnumSet.noneOf(Role.class);
        set.addAll(Arrays.asList(roles));
        return set;
    }
}
