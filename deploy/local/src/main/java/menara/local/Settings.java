package menara.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings from the environment. Every port can be set, because every port can be taken.
 *
 * @param root the project's folder
 * @param databases of a MongoDB to use instead of the embedded server
 * @param startLimit how long a part may make no progress while it starts
 * @param javaOptions added to each JVM of Menara, for diagnosis
 */
record Settings(
        Path root,
        DatabaseAddresses databases,
        int mongodbPort,
        int keycloakPort,
        int keycloakHealthPort,
        int operationsPort,
        int capacityPort,
        int billingPort,
        int investmentPort,
        int gatewayPort,
        Duration startLimit,
        String javaOptions) {

    private static final String START_LIMIT = "MENARA_START_LIMIT_SECONDS";
    private static final int PRESET_START_LIMIT = 120;

    /** The ports of Menara, by the variable that moves each. */
    Map<String, Integer> ports() {
        var ports = new TreeMap<String, Integer>();
        ports.put("MENARA_MONGODB_PORT", mongodbPort);
        ports.put("MENARA_KEYCLOAK_PORT", keycloakPort);
        ports.put("MENARA_KEYCLOAK_HEALTH_PORT", keycloakHealthPort);
        ports.put("MENARA_OPERATIONS_PORT", operationsPort);
        ports.put("MENARA_CAPACITY_PORT", capacityPort);
        ports.put("MENARA_BILLING_PORT", billingPort);
        ports.put("MENARA_INVESTMENT_PORT", investmentPort);
        ports.put("MENARA_GATEWAY_PORT", gatewayPort);
        return ports;
    }

    /**
     * @throws LauncherFailure naming what is wrong: no port, or one port for two parts
     */
    static Settings of(Path root, Map<String, String> environment) {
        var settings = read(root, environment);
        var taken = new HashMap<Integer, String>();
        settings.ports().forEach((variable, port) -> {
            var other = taken.putIfAbsent(port, variable);
            if (other != null) {
                throw new LauncherFailure(
                        "%s and %s are both %d. Give each a port of its own.".formatted(other, variable, port));
            }
        });
        return settings;
    }

    private static Settings read(Path root, Map<String, String> environment) {
        return new Settings(
                root,
                DatabaseAddresses.of(environment),
                port(environment, "MENARA_MONGODB_PORT", 27_117),
                port(environment, "MENARA_KEYCLOAK_PORT", 8180),
                port(environment, "MENARA_KEYCLOAK_HEALTH_PORT", 9000),
                port(environment, "MENARA_OPERATIONS_PORT", 8081),
                port(environment, "MENARA_CAPACITY_PORT", 8082),
                port(environment, "MENARA_BILLING_PORT", 8083),
                port(environment, "MENARA_INVESTMENT_PORT", 8084),
                port(environment, "MENARA_GATEWAY_PORT", 8080),
                Duration.ofSeconds(seconds(environment)),
                environment.getOrDefault("MENARA_JAVA_OPTS", ""));
    }

    /** What a running Menara was started with, so that other commands find it. */
    void remember(State state) throws IOException {
        var text = new StringBuilder();
        ports().forEach((variable, port) ->
                text.append(variable).append('=').append(port).append('\n'));
        databases
                .variables()
                .forEach((variable, uri) ->
                        text.append(variable).append('=').append(uri).append('\n'));
        state.writeForOwner(state.settings(), text.toString());
    }

    /** These settings, at the addresses that Menara was started with last. */
    Settings asRemembered(State state) throws IOException {
        if (!Files.exists(state.settings())) {
            return this;
        }
        var remembered = new TreeMap<String, String>();
        for (String line : Files.readAllLines(state.settings())) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                remembered.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        remembered.put(START_LIMIT, Long.toString(startLimit.toSeconds()));
        remembered.put("MENARA_JAVA_OPTS", javaOptions);
        return of(root, remembered);
    }

    /** @throws LauncherFailure if Menara runs elsewhere than it is asked for, naming what differs and what it was */
    void requireSameAs(Settings started) {
        started.ports().forEach((variable, runsOn) -> {
            var asked = ports().get(variable);
            if (!runsOn.equals(asked)) {
                throw alreadyRuns(
                        "with %s=%d; now it would be %d. Set it to %d".formatted(variable, runsOn, asked, runsOn));
            }
        });
        if (!databases.equals(started.databases)) {
            throw started.databases.none()
                    ? alreadyRuns("with the embedded MongoDB server; now %s is set. Leave it out"
                            .formatted(databases.withoutUsers()))
                    : alreadyRuns("with %s; now it would be %s. Set it as it was"
                            .formatted(
                                    started.databases.withoutUsers(),
                                    databases.none() ? "the embedded server" : databases.withoutUsers()));
        }
    }

    private static LauncherFailure alreadyRuns(String how) {
        return new LauncherFailure("Menara runs already, " + how + ", or stop Menara first with ./menara down.");
    }

    private static int seconds(Map<String, String> environment) {
        String text = environment.getOrDefault(START_LIMIT, "");
        if (text.isBlank()) {
            return PRESET_START_LIMIT;
        }
        if (!text.matches("[1-9]\\d{0,4}")) {
            throw new LauncherFailure(START_LIMIT + " must be 1 to 99999 seconds, was " + text);
        }
        return Integer.parseInt(text);
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

    static String local(int port) {
        return "http://127.0.0.1:" + port;
    }
}
