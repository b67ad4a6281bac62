package menara.platform.telemetry;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Defaults of every service, the weakest of all property sources. */
final class ServiceDefaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getProperty("menara.service") == null) {
            return; // not a service of Menara
        }
        Map<String, Object> defaults = new HashMap<>();
        defaults.put("server.address", "127.0.0.1");
        defaults.put("server.shutdown", "graceful");
        // Services take no forms, and no filter may read a body before the caller is known.
        defaults.put("server.tomcat.max-http-form-post-size", "8KB");
        defaults.put("spring.mvc.formcontent.filter.enabled", false);
        defaults.put("spring.servlet.multipart.enabled", false);
        eventStore(defaults);
        json(defaults);
        logs(defaults);
        defaults.put("spring.threads.virtual.enabled", true);
        defaults.put("spring.main.banner-mode", "off");
        defaults.put("logging.structured.format.console", "logstash");
        defaults.put(
                "logging.level.org.axonframework.messaging.eventhandling.processing.streaming.token.store.inmemory",
                "error");
        // It warns of each refused command, which is not a fault; faults are logged where they are answered or parked.
        defaults.put(
                "logging.level.org.axonframework.messaging.core.annotation.MethodInvokingMessageHandlingMember",
                "error");
        defaults.put("logging.level.org.springdoc", "error");
        defaults.put("logging.level.org.springframework.core.events.SpringDocAppInitializer", "error");
        defaults.put("menara.security.audience", "${menara.service}-service");
        defaults.put("springdoc.api-docs.path", "/api/${menara.service}/openapi");
        defaults.put("springdoc.packages-to-scan", "menara");
        defaults.put("management.endpoints.web.exposure.include", "health,info,prometheus,parked");
        defaults.put("management.endpoint.health.probes.enabled", true);
        defaults.put("management.endpoint.health.show-details", "always");
        defaults.put("management.endpoint.health.group.readiness.include", "readinessState,mongodb,processors");
        defaults.put("management.endpoint.health.group.liveness.include", "livenessState");
        defaults.put("management.endpoint.parked.access", "unrestricted");
        environment.getPropertySources().addLast(new MapPropertySource("menara-service-defaults", defaults));
    }

    /** A service stores in the database of its name, and finds other services' databases by theirs. */
    private static void eventStore(Map<String, Object> defaults) {
        defaults.put("menara.eventstore.uri", "${menara.mongodb.uri}");
        defaults.put("menara.eventstore.database", "${menara.mongodb.database:menara_${menara.service}}");
        defaults.put("menara.eventstore.application", "menara-${menara.service}");
        defaults.put("menara.eventstore.log-database-prefix", "menara_");
    }

    /** The size limit of one document; a request also has the limit of its route. The largest stored document is a campus. */
    private static void json(Map<String, Object> defaults) {
        defaults.put("spring.jackson.factory.constraints.read.max-nesting-depth", 64);
        defaults.put("spring.jackson.factory.constraints.read.max-name-length", 256);
        defaults.put("spring.jackson.factory.constraints.read.max-number-length", 64);
        defaults.put("spring.jackson.factory.constraints.read.max-token-count", 2_000_000);
    }

    /** A named log file is rolled, and stack traces are shortened, so that a client that causes errors at will does not fill the disk. */
    private static void logs(Map<String, Object> defaults) {
        defaults.put("logging.logback.rollingpolicy.max-file-size", "16MB");
        defaults.put("logging.logback.rollingpolicy.max-history", 14);
        defaults.put("logging.logback.rollingpolicy.total-size-cap", "256MB");
        defaults.put("logging.structured.json.stacktrace.max-length", 4_096);
        defaults.put("logging.structured.json.stacktrace.root", "first");
    }
}
