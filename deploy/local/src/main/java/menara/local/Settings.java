package menara.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says. Every port can be set, because every port can be taken.
 *
 * @param root the project's folder
 * @param mongodbUri a MongoDB to use instead of the embedded server
 * @param javaOptions added to each JVM of ours, for looking inside
 */
record Settings(
        Path root,
        Optional<String> mongodbUri,
        int mongodbPort,
        int keycloakPort,
        int keycloakHealthPort,
        int operationsPort,
        int capacityPort,
        int billingPort,
        int investmentPort,
        int gatewayPort,
        String javaOptions) {

    static Settings of(Path root, Map<String, String> environment) {
        return new Settings(
                root,
                Optional.ofNullable(environment.get("MENARA_MONGODB_URI")).filter(uri -> !uri.isBlank()),
                port(environment, "MENARA_MONGODB_PORT", 27_117),
                port(environment, "MENARA_KEYCLOAK_PORT", 8180),
                port(environment, "MENARA_KEYCLOAK_HEALTH_PORT", 9000),
                port(environment, "MENARA_OPERATIONS_PORT", 8081),
                port(environment, "MENARA_CAPACITY_PORT", 8082),
                port(environment, "MENARA_BILLING_PORT", 8083),
                port(environment, "MENARA_INVESTMENT_PORT", 8084),
                port(environment, "MENARA_GATEWAY_PORT", 8080),
                environment.getOrDefault("MENARA_JAVA_OPTS", ""));
    }

    private static int port(Map<String, String> environment, String name, int preset) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return preset;
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) == 0 || Integer.parseInt(text) > 65_535) {
            throw new LauncherFailure(name + " must be a port, was " + text);
        }
        return Integer.parseInt(text);
    }

    String gatewayUri() {
        return local(gatewayPort);
    }

    String mongodbConnection() {
        return mongodbUri.orElse("mongodb://127.0.0.1:" + mongodbPort);
    }

    static String local(int port) {
        return "http://127.0.0.1:" + port;
    }
}
