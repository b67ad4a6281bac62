package menara.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts the real Keycloak once and holds the realm to what the services, the gateway and the README promise. */
class KeycloakTest {

    private static final String GATEWAY = "http://127.0.0.1:18080";
    private static final String REDIRECT = GATEWAY + "/login/oauth2/code/keycloak";
    private static final int TOKEN_LIMIT_CHARACTERS = 1_500;
    private static final Set<String> SERVICES =
            Set.of("operations-service", "capacity-service", "billing-service", "investment-service");

    /** Who reports usage for more than its own organization. */
    private static final Set<String> SEVERAL_TENANTS =
            Set.of("service-account-menara-demo", "usage-reporter", "usage-backfill");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    /** The administrator's tokens live for a minute. */
    private static final Duration ADMIN_TOKEN_GOOD_FOR = Duration.ofSeconds(30);

    private static KeycloakProcess keycloak;
    private static String adminToken = "";
    private static long adminTokenUntilNanos;

    @BeforeAll
    static void start() throws Exception {
        keycloak = KeycloakProcess.start(directory, GATEWAY);
    }

    private static String adminToken() throws Exception {
        if (adminToken.isEmpty() || System.nanoTime() - adminTokenUntilNanos > 0) {
            adminToken = JsonMapper.shared()
                    .readTree(administratorSignsIn(keycloak.instance().adminPassword())
                            .body())
                    .path("access_token")
                    .asString();
            adminTokenUntilNanos = System.nanoTime() + ADMIN_TOKEN_GOOD_FOR.toNanos();
        }
        return adminToken;
    }

    private static HttpResponse<String> administratorSignsIn(String password) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                keycloak.instance().baseUri() + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "grant_type=password&client_id=admin-cli&username=admin&password=" + password))
                        .build(),
                BodyHandlers.ofString());
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void the_realm_is_hardened() throws Exception {
        JsonNode realm = admin("");
        assertThat(realm.path("organizationsEnabled").asBoolean()).isTrue();
        assertThat(realm.path("bruteForceProtected").asBoolean()).isTrue();
        assertThat(realm.path("failureFactor").asInt()).isLessThanOrEqualTo(5);
        assertThat(realm.path("accessTokenLifespan").asInt()).isLessThanOrEqualTo(300);
        assertThat(realm.path("accessCodeLifespan").asInt()).isLessThanOrEqualTo(60);
        assertThat(realm.path("ssoSessionIdleTimeout").asInt()).isLessThanOrEqualTo(1_800);
        assertThat(realm.path("revokeRefreshToken").asBoolean()).isTrue();
        assertThat(realm.path("refreshTokenMaxReuse").asInt()).isZero();
        assertThat(realm.path("defaultSignatureAlgorithm").asString()).isEqualTo("RS256");
        assertThat(realm.path("eventsEnabled").asBoolean()).isTrue();
        for (String convenience : List.of(
                "registrationAllowed",
                "resetPasswordAllowed",
                "rememberMe",
                "editUsernameAllowed",
                "duplicateEmailsAllowed",
                "loginWithEmailAllowed")) {
            assertThat(realm.path(convenience).asBoolean()).as(convenience).isFalse();
        }
        assertThat(realm.path("browserSecurityHeaders")
                        .path("contentSecurityPolicy")
                        .asString())
                .contains("frame-ancestors 'none'");
    }

    @Test
    void no_client_has_a_wildcard_a_password_grant_or_an_implicit_flow() throws Exception {
        for (JsonNode client : admin("/clients")) {
            String name = client.path("clientId").asString();
            if (!client.path("enabled").asBoolean()) {
                continue;
            }
            assertThat(client.path("directAccessGrantsEnabled").asBoolean())
                    .as(name)
                    .isFalse();
            assertThat(client.path("implicitFlowEnabled").asBoolean()).as(name).isFalse();
            assertThat(client.path("publicClient").asBoolean()).as(name).isFalse();
            assertThat(client.path("redirectUris").toString()).as(name).doesNotContain("*");
            assertThat(client.path("webOrigins")).as(name).isEmpty();
        }
    }

    @Test
    void the_gateway_must_use_pkce_and_its_exact_addresses() throws Exception {
        JsonNode client = admin("/clients?clientId=menara-gateway").get(0);
        assertThat(client.path("redirectUris")).hasSize(1);
        assertThat(client.path("redirectUris").get(0).asString()).isEqualTo(REDIRECT);
        JsonNode attributes = client.path("attributes");
        assertThat(attributes.path("pkce.code.challenge.method").asString()).isEqualTo("S256");
        assertThat(attributes.path("post.logout.redirect.uris").asString()).isEqualTo(GATEWAY + "/");

        PersonLogin login = new PersonLogin(keycloak, REDIRECT);
        var withoutPkce = login.authorize(REDIRECT, Map.of());
        assertThat(withoutPkce.statusCode()).isEqualTo(302);
        assertThat(withoutPkce.headers().firstValue("Location").orElseThrow()).contains("error=invalid_request");
        var plain = login.authorize(REDIRECT, Map.of("code_challenge_method", "plain"));
        assertThat(plain.headers().firstValue("Location").orElseThrow()).contains("error=invalid_request");
        assertThat(login.authorize(REDIRECT + "/x", Map.of("code_challenge_method", "S256"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void partners_and_tenants_are_organizations() throws Exception {
        Set<String> aliases = new TreeSet<>();
        admin("/organizations")
                .forEach(organization -> aliases.add(organization.path("alias").asString()));
        assertThat(aliases)
                .isEqualTo(
                        Set.of("naver-cloud", "nvidia", "nexus-core-systems", "lloyds-capital", "atlas-ai", "rif-bio"));
    }

    @ParameterizedTest
    @CsvSource({
        "menara-demo, 'operator capacity-manager billing-clerk investor-relations usage-reporter usage-backfill finance',",
        "menara-demo-approver, 'investment-approver billing-approver',",
        "finance-export, finance, nexus-core-systems",
        "meter-atlas-ai, usage-reporter, atlas-ai",
        "meter-rif-bio, usage-reporter, rif-bio",
    })
    void a_service_account_gets_the_token_it_needs(String client, String roles, String organization) throws Exception {
        String token = keycloak.serviceAccountToken(client);
        JsonNode claims = claims(token);
        assertToken(token, claims, "service-account-" + client, roles, organization);
        assertThat(strings(claims.path("aud")))
                .isEqualTo(client.startsWith("meter-") ? Set.of("billing-service") : SERVICES);
    }

    @ParameterizedTest
    @CsvSource({
        "operator, operator, naver-cloud",
        "capacity-manager, capacity-manager, naver-cloud",
        "billing-clerk, billing-clerk, nexus-core-systems",
        "billing-approver, billing-approver, nexus-core-systems",
        "finance, finance, nexus-core-systems",
        "investor-relations, investor-relations, nexus-core-systems",
        "investment-approver, investment-approver, lloyds-capital",
        "usage-reporter, usage-reporter, naver-cloud",
        "usage-backfill, 'usage-backfill usage-reporter', naver-cloud",
        "auditor, auditor,",
        "partner-naver-cloud, partner, naver-cloud",
        "partner-nvidia, partner, nvidia",
        "partner-nexus-core-systems, partner, nexus-core-systems",
        "partner-lloyds-capital, partner, lloyds-capital",
        "tenant-atlas-ai, tenant, atlas-ai",
        "tenant-rif-bio, tenant, rif-bio",
    })
    void a_person_logs_in_and_gets_the_token_it_needs(String person, String roles, String organization)
            throws Exception {
        JsonNode tokens = new PersonLogin(keycloak, REDIRECT).tokens(person);
        String token = tokens.path("access_token").asString();
        JsonNode claims = claims(token);
        assertToken(token, claims, person, roles, organization);
        assertThat(strings(claims.path("aud"))).isEqualTo(SERVICES);
        assertThat(claims(tokens.path("id_token").asString()).path("name").asString())
                .matches("\\S+ \\S+");
        // By this the gateway and the services tell them apart.
        assertThat(claims.path("typ").asString()).isEqualTo("Bearer");
        assertThat(claims(tokens.path("id_token").asString()).path("typ").asString())
                .isEqualTo("ID");
        assertThat(claims(tokens.path("refresh_token").asString()).path("typ").asString())
                .isEqualTo("Refresh");
    }

    @Test
    void every_role_has_a_demo_account_and_nobody_has_keycloaks_default_roles() throws Exception {
        for (JsonNode role : admin("/roles")) {
            String name = role.path("name").asString();
            if (name.startsWith("default-roles-")
                    || Set.of("offline_access", "uma_authorization").contains(name)) {
                assertThat(admin("/roles/" + name + "/users")).as(name).isEmpty();
                continue;
            }
            assertThat(admin("/roles/" + name + "/users"))
                    .as("people with the role %s", name)
                    .isNotEmpty();
        }
    }

    @Test
    void a_refresh_token_works_once() throws Exception {
        PersonLogin login = new PersonLogin(keycloak, REDIRECT);
        String refresh = login.tokens("auditor").path("refresh_token").asString();
        Map<String, String> request = Map.of("grant_type", "refresh_token", "refresh_token", refresh);
        assertThat(login.token(request).statusCode()).isEqualTo(200);
        assertThat(login.token(request).statusCode()).isEqualTo(400);
    }

    @Test
    void guessing_a_password_locks_the_account_for_a_while() throws Exception {
        PersonLogin login = new PersonLogin(keycloak, REDIRECT);
        for (int attempt = 0; attempt < 6; attempt++) {
            assertThat(login.passwordTyped("usage-reporter", "wrong-password-" + attempt)
                            .statusCode())
                    .isEqualTo(200);
        }
        // The right password, and still the login page.
        assertThat(new PersonLogin(keycloak, REDIRECT)
                        .passwordTyped("usage-reporter", Realm.DEMO_PASSWORD)
                        .statusCode())
                .isEqualTo(200);
        String id = admin("/users?exact=true&username=usage-reporter")
                .get(0)
                .path("id")
                .asString();
        assertThat(admin("/attack-detection/brute-force/users/" + id)
                        .path("disabled")
                        .asBoolean())
                .isTrue();
        adminDelete("/attack-detection/brute-force/users/" + id); // other tests log in as the same person
    }

    /** An organization has a mail domain; which one it is would tell who is a customer here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "somebody@nvidia.example",
                "somebody@atlas-ai.example",
                "somebody@nowhere.example",
                "partner-nvidia",
                "nobody"
            })
    void the_sign_in_page_answers_alike_whether_a_name_or_its_domain_is_known(String name) throws Exception {
        PersonLogin login = new PersonLogin(keycloak, REDIRECT);
        PersonLogin stranger = new PersonLogin(keycloak, REDIRECT);
        assertThat(shown(login.page(Map.of("login_hint", name)), name))
                .isEqualTo(shown(stranger.page(Map.of("login_hint", "stranger")), "stranger"));
        assertThat(shown(login.passwordTyped(name, "wrong-password"), name))
                .contains("Invalid username or password")
                .isEqualTo(shown(stranger.passwordTyped("stranger", "wrong-password"), "stranger"));
    }

    /** Keycloak knows a scope for each organization by its alias, and refuses it for others: that would be a list of customers. */
    @ParameterizedTest
    @ValueSource(strings = {"organization:nvidia", "organization:atlas-ai", "organization:*", "organization"})
    void a_stranger_who_asks_for_an_organization_is_told_the_same_whether_there_is_one(String scope) throws Exception {
        var known = asked("openid " + scope);
        var unknown = asked("openid organization:nowhere");
        assertThat(known.statusCode()).isEqualTo(unknown.statusCode());
        assertThat(location(known)).contains("error=invalid_scope");
        assertThat(location(known).replace(URLEncoder.encode(scope, StandardCharsets.UTF_8), "SCOPE"))
                .isEqualTo(location(unknown)
                        .replace(URLEncoder.encode("organization:nowhere", StandardCharsets.UTF_8), "SCOPE"));
    }

    private static HttpResponse<String> asked(String scope) throws Exception {
        return new PersonLogin(keycloak, REDIRECT)
                .authorize(REDIRECT, Map.of("code_challenge_method", "S256", "scope", scope));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    @Test
    void a_token_has_no_role_that_its_client_was_not_given() throws Exception {
        for (JsonNode client : admin("/clients")) {
            String name = client.path("clientId").asString();
            if (client.path("enabled").asBoolean()) {
                assertThat(client.path("fullScopeAllowed").asBoolean()).as(name).isFalse();
            }
        }
    }

    @Test
    void tokens_are_signed_by_a_key_of_3072_bits() throws Exception {
        JsonNode keys = admin("/keys");
        assertThat(keys.path("keys")
                        .valueStream()
                        .filter(key -> key.path("type").asString().equals("RSA")))
                .hasSize(1)
                .allSatisfy(key -> {
                    var decoded =
                            Base64.getDecoder().decode(key.path("publicKey").asString());
                    var rsa = (RSAPublicKey)
                            KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(decoded));
                    assertThat(rsa.getModulus().bitLength()).isEqualTo(3_072);
                    assertThat(key.path("kid").asString())
                            .isEqualTo(keys.path("active").path("RS256").asString());
                });
    }

    /** A page without what is new on every page, and without the name that the stranger typed. */
    private static String shown(HttpResponse<String> page, String name) {
        return page.body()
                .replaceAll("(session_code|execution|client_data|tab_id)=[^&\"]+", "$1=")
                .replaceAll("\"(tab|[A-Za-z0-9_+/=-]{20,})\"", "\"\"")
                .replace(name, "NAME");
    }

    @Test
    void guessing_the_administrators_password_locks_that_account_too() throws Exception {
        String token = adminToken(); // there is no other way back in
        for (int attempt = 0; attempt < 6; attempt++) {
            assertThat(administratorSignsIn("wrong-password-" + attempt).statusCode())
                    .isNotEqualTo(200);
        }
        // The right password, and still no token.
        assertThat(administratorSignsIn(keycloak.instance().adminPassword()).statusCode())
                .isNotEqualTo(200);
        var unlocked = HTTP.send(
                HttpRequest.newBuilder(URI.create(keycloak.instance().baseUri()
                                + "/admin/realms/master/attack-detection/brute-force/users"))
                        .header("Authorization", "Bearer " + token)
                        .DELETE()
                        .build(),
                BodyHandlers.discarding());
        assertThat(unlocked.statusCode()).isEqualTo(204);
        assertThat(administratorSignsIn(keycloak.instance().adminPassword()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"menara-demo", "operator"})
    void a_subject_is_the_same_in_every_import(String caller) throws Exception {
        String username = caller.equals("operator") ? caller : "service-account-" + caller;
        JsonNode template = JsonMapper.shared().readTree(Realm.json(GATEWAY, secrets()));
        String expected = template.path("users")
                .valueStream()
                .filter(user -> user.path("username").asString().equals(username))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        String token = caller.equals("operator")
                ? new PersonLogin(keycloak, REDIRECT)
                        .tokens(caller)
                        .path("access_token")
                        .asString()
                : keycloak.serviceAccountToken(caller);
        assertThat(claims(token).path("sub").asString()).isEqualTo(expected);
    }

    private static void assertToken(String token, JsonNode claims, String username, String roles, String organization) {
        assertThat(claims.path("iss").asString()).isEqualTo(keycloak.issuer());
        assertThat(claims.path("preferred_username").asString()).isEqualTo(username);
        assertThat(strings(claims.path("realm_access").path("roles"))).isEqualTo(Set.of(roles.split(" ")));
        if (organization == null) {
            assertThat(claims.has("organization")).isFalse();
        } else {
            assertThat(claims.path("organization").isArray()).isTrue();
            assertThat(strings(claims.path("organization"))).isEqualTo(Set.of(organization));
        }
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isLessThanOrEqualTo(300);
        assertThat(claims.propertyNames())
                .doesNotContain("resource_access", "allowed-origins", "email", "name", "given_name", "family_name");
        assertThat(claims.has("reports_for") ? strings(claims.path("reports_for")) : Set.of())
                .isEqualTo(SEVERAL_TENANTS.contains(username) ? Set.of("atlas-ai", "rif-bio") : Set.of());
        assertThat(token).hasSizeLessThanOrEqualTo(TOKEN_LIMIT_CHARACTERS);
    }

    private static Map<String, String> secrets() {
        return Realm.confidentialClients().stream().collect(Collectors.toMap(client -> client, keycloak::clientSecret));
    }

    private static JsonNode claims(String token) {
        return JsonMapper.shared()
                .readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private static Set<String> strings(JsonNode values) {
        Set<String> strings = new TreeSet<>();
        if (values.isArray()) {
            values.forEach(value -> strings.add(value.asString()));
        } else {
            strings.add(values.asString());
        }
        return strings;
    }

    private static JsonNode admin(String path) throws Exception {
        var answer = HTTP.send(adminRequest(path).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void adminDelete(String path) throws Exception {
        assertThat(HTTP.send(adminRequest(path).DELETE().build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(204);
    }

    private static HttpRequest.Builder adminRequest(String path) throws Exception {
        return HttpRequest.newBuilder(URI.create(keycloak.instance().baseUri() + "/admin/realms/" + Realm.NAME + path))
                .header("Authorization", "Bearer " + adminToken());
    }
}
