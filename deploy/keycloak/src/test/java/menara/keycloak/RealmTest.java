package menara.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
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
