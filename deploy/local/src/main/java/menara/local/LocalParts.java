package menara.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import menara.keycloak.KeycloakInstance;
import menara.keycloak.Realm;

/** The parts of Menara: embedded MongoDB first, then Keycloak, the services and the gateway side by side. */
final class LocalParts {

    static final String MONGODB = "mongodb";
    static final String GATEWAY = "gateway";
    private static final int LAST_STAGE = 9;

    /** Small: seven processes share the machine with a browser and an editor. */
    private static final List<String> SERVICE_JVM = List.of(
            "-Xms32m",
            "-Xmx160m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "-Daxoniq.update-checker.disabled=true");

    private final Settings settings;
    private final State state;
    private final Secrets secrets;
    private final Programs programs;
    private final KeycloakInstance keycloak;
    private final boolean memory;

    LocalParts(Settings settings, State state, Secrets secrets, boolean memory) {
        this.settings = settings;
        this.state = state;
        this.secrets = secrets;
        this.memory = memory;
        this.programs = new Programs(settings.root(), state.programs());
        this.keycloak = new KeycloakInstance(
                state.data().resolve("keycloak"),
                settings.keycloakPort(),
                settings.keycloakHealthPort(),
                secrets.keycloakAdmin());
    }

    /** Parts to be found and stopped, but not started: without secrets. */
    static LocalParts toLookAt(Settings settings, State state) {
        return new LocalParts(settings, state, Secrets.none(), false);
    }

    /** What belongs to these settings. */
    List<Part> all() {
        List<Part> parts = new ArrayList<>(every());
        if (!settings.databases().none()) {
            parts.removeIf(part -> part.name().equals(MONGODB));
        }
        return parts;
    }

    /** What may run, whatever the settings were when it was started. */
    List<Part> every() {
        List<Part> parts = new ArrayList<>();
        parts.add(mongodb());
        parts.add(keycloak());
        parts.add(service("operations", settings.operationsPort(), "MENARA_OPERATIONS_PORT"));
        parts.add(service("capacity", settings.capacityPort(), "MENARA_CAPACITY_PORT"));
        parts.add(service("billing", settings.billingPort(), "MENARA_BILLING_PORT"));
        parts.add(service("investment", settings.investmentPort(), "MENARA_INVESTMENT_PORT"));
        parts.add(gateway());
        return parts;
    }

    /** Names of parts that are of no use when started again: a database whose data ended with it. */
    Set<String> lostWhenEnded() {
        return memory ? Set.of(MONGODB) : Set.of();
    }

    /** Supervises the others when {@code ./menara up} has returned; it is stopped first. */
    static Part supervisor() {
        return new Part(Supervisor.NAME, LAST_STAGE, List.of(), new Readiness.Running(), Duration.ZERO, () -> {
            throw new IllegalStateException("the supervisor is started by up");
        });
    }

    String issuer() {
        return keycloak.issuer();
    }

    private Part mongodb() {
        int port = settings.mongodbPort();
        return new Part(
                MONGODB,
                0,
                List.of(new Part.Port(port, "MENARA_MONGODB_PORT")),
                new Readiness.Listening(port),
                settings.startLimit(),
                () -> {
                    List<String> command = new ArrayList<>(List.of(
                            Programs.java(),
                            memory ? "-Xmx1g" : "-Xmx320m",
                            "-XX:+UseSerialGC",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-Dlogback.configurationFile=menara/local/mongodb-logback.xml",
                            "-cp",
                            programs.classPath(MONGODB, "deploy/local"),
                            "menara.embeddedmongodb.EmbeddedMongo",
                            "--port",
                            Integer.toString(port),
                            "--users",
                            new DatabaseUsers(secrets).write(state).toString()));
                    command.addAll(
                            memory
                                    ? List.of("--memory")
                                    : List.of(
                                            "--data",
                                            state.data().resolve("mongodb.mv").toString()));
                    return new Part.Program(command, Map.of());
                });
    }

    private Part keycloak() {
        return new Part(
                "keycloak",
                1,
                List.of(
                        new Part.Port(settings.keycloakPort(), "MENARA_KEYCLOAK_PORT"),
                        new Part.Port(settings.keycloakHealthPort(), "MENARA_KEYCLOAK_HEALTH_PORT")),
                new Readiness.Http(keycloak.readinessUri()),
                settings.startLimit(),
                () -> {
                    var distribution = new KeycloakSetup(settings.root(), state).distribution();
                    keycloak.prepare(distribution, Realm.json(settings.gatewayUri(), secrets.clients()));
                    return new Part.Program(keycloak.command(distribution), keycloak.environment());
                });
    }

    private Part service(String name, int port, String variable) {
        return application(name, "services/" + name + "/app", port, variable, environment(name));
    }

    private Part gateway() {
        Map<String, String> environment = security();
        environment.put("MENARA_GATEWAY_OPERATIONSURI", Settings.local(settings.operationsPort()));
        environment.put("MENARA_GATEWAY_CAPACITYURI", Settings.local(settings.capacityPort()));
        environment.put("MENARA_GATEWAY_BILLINGURI", Settings.local(settings.billingPort()));
        environment.put("MENARA_GATEWAY_INVESTMENTURI", Settings.local(settings.investmentPort()));
        environment.put("MENARA_GATEWAY_PUBLICURI", settings.gatewayUri());
        environment.put("MENARA_GATEWAY_CLIENTSECRET", secrets.client("menara-gateway"));
        environment.put("MENARA_KEYCLOAK_BASEURI", keycloak.baseUri());
        return application(GATEWAY, "gateway", settings.gatewayPort(), "MENARA_GATEWAY_PORT", environment);
    }

    private Part application(String name, String module, int port, String variable, Map<String, String> environment) {
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        return new Part(
                name,
                1,
                List.of(new Part.Port(port, variable)),
                new Readiness.Http(Settings.local(port) + "/actuator/health/readiness"),
                settings.startLimit(),
                () -> new Part.Program(command(name, module), environment));
    }

    private List<String> command(String name, String module) throws IOException {
        List<String> command = new ArrayList<>(List.of(Programs.java()));
        command.addAll(SERVICE_JVM);
        if (!settings.javaOptions().isBlank()) {
            command.addAll(List.of(settings.javaOptions().strip().split("\\s+")));
        }
        command.addAll(List.of("-jar", programs.application(name, module).toString()));
        return command;
    }

    private Map<String, String> environment(String service) {
        Map<String, String> environment = security();
        environment.put("MENARA_SECURITY_AUDIENCE", service + "-service");
        environment.put(
                "MENARA_MONGODB_URI",
                settings.databases().none()
                        ? new DatabaseUsers(secrets).connection(service, settings.mongodbPort())
                        : settings.databases().byService().get(service));
        environment.put("MENARA_MONGODB_DATABASE", DatabaseUsers.database(service));
        return environment;
    }

    private Map<String, String> security() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("MENARA_SECURITY_ISSUER", keycloak.issuer());
        environment.put("MENARA_SECURITY_JWKSETURI", keycloak.jwkSetUri());
        return environment;
    }
}
