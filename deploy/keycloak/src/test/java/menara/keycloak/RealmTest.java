package menara.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RealmTest {

    private static final Map<String, String> SECRETS = Realm.generateSecrets(new SecureRandom());

    @Test
    void the_template_names_its_confidential_clients() {
        assertThat(Realm.confidentialClients())
                .isEqualTo(Set.of(
                        "menara-gateway",
                        "menara-demo",
                        "menara-demo-approver",
                        "finance-export",
                        "meter-atlas-ai",
                        "meter-rif-bio"));
    }

    @Test
    void every_placeholder_is_filled_and_the_result_is_json() {
        String json = Realm.json("http://127.0.0.1:18080", SECRETS);
        assertThat(json).doesNotContain("{{").contains("http://127.0.0.1:18080/login/oauth2/code/keycloak");
        JsonNode realm = JsonMapper.shared().readTree(json);
        assertThat(realm.path("realm").asString()).isEqualTo("menara");
    }

    @Test
    void a_machine_that_serves_several_tenants_is_granted_them_by_name_and_its_tokens_say_so() {
        JsonNode realm = JsonMapper.shared().readTree(Realm.json("http://127.0.0.1:18080", SECRETS));
        assertThat(grants(realm))
                .isEqualTo(Map.of(
                        "service-account-menara-demo", Set.of("atlas-ai", "rif-bio"),
                        "usage-reporter", Set.of("atlas-ai", "rif-bio"),
                        "usage-backfill", Set.of("atlas-ai", "rif-bio")));
        var mapper = named(realm.path("clientScopes"), "name", "reports-for")
                .path("protocolMappers")
                .path(0)
                .path("config");
        assertThat(mapper.path("user.attribute").asString()).isEqualTo("reports_for");
        assertThat(mapper.path("claim.name").asString()).isEqualTo("reports_for");
        assertThat(mapper.path("access.token.claim").asString()).isEqualTo("true");
        assertThat(realm.path("clients")
                        .valueStream()
                        .filter(client -> client.path("defaultClientScopes")
                                .valueStream()
                                .anyMatch(scope -> scope.asString().equals("reports-for")))
                        .map(client -> client.path("clientId").asString()))
                .containsExactlyInAnyOrder("menara-gateway", "menara-demo");
    }

    private static Map<String, Set<String>> grants(JsonNode realm) {
        return realm.path("users")
                .valueStream()
                .filter(user -> user.path("attributes").has("reports_for"))
                .collect(Collectors.toMap(
                        user -> user.path("username").asString(),
                        user -> user.path("attributes")
                                .path("reports_for")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.toSet())));
    }

    private static JsonNode named(JsonNode list, String field, String name) {
        return list.valueStream()
                .filter(item -> item.path(field).asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void secrets_differ_between_clients_and_places() {
        assertThat(SECRETS.values())
                .doesNotHaveDuplicates()
                .allSatisfy(secret -> assertThat(secret).hasSizeGreaterThanOrEqualTo(48));
        assertThat(Realm.generateSecrets(new SecureRandom())).isNotEqualTo(SECRETS);
    }

    @Test
    void a_missing_secret_is_named() {
        assertThatThrownBy(() -> Realm.json("http://127.0.0.1:8080", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no secret for the client");
    }

    @Test
    void an_address_that_would_break_out_of_the_json_is_refused() {
        assertThatThrownBy(() -> Realm.json("http://x\", \"evil\": \"", SECRETS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
