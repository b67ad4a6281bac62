package menara.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of another module, run in front of the user with what it needs to know in its environment.
 *
 * @param module folder below {@code deploy}
 */
record Tool(Settings settings, State state, String module, String mainClass) {

    /** The exit code of the program, which finds a Menara that runs. */
    int runAgainstRunning(List<String> arguments) throws IOException, InterruptedException {
        for (Part part : LocalParts.toLookAt(settings, state).all()) {
            if (!part.readiness().ready()) {
                throw new LauncherFailure(part.name() + " is not ready. Start Menara first: ./menara up --detach");
            }
        }
        Secrets secrets = Secrets.of(state);
        Map<String, String> environment = new TreeMap<>();
        environment.put("MENARA_GATEWAY_URI", settings.gatewayUri());
        environment.put("MENARA_DEMO_DOCUMENTS", state.demo().toString());
        environment.put("MENARA_ISSUER", new LocalParts(settings, state, secrets, false).issuer());
        secrets.clients().forEach((client, secret) -> environment.put(variable(client), secret));
        return run(arguments, environment);
    }

    int run(List<String> arguments) throws IOException, InterruptedException {
        return run(arguments, Map.of());
    }

    /** {@code MENARA_DEMO_SECRET} for the client {@code menara-demo}, {@code MENARA_FINANCE_EXPORT_SECRET} for {@code finance-export}. */
    static String variable(String client) {
        String name = client.startsWith("menara-") ? client : "menara-" + client;
        return name.replace('-', '_').toUpperCase(Locale.ROOT) + "_SECRET";
    }

    int run(List<String> arguments, Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.java(), "-Daxoniq.update-checker.disabled=true"));
        if (!settings.javaOptions().isBlank()) {
            command.addAll(List.of(settings.javaOptions().strip().split("\\s+")));
        }
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private String classPath() throws IOException {
        Path target = settings.root().resolve("deploy").resolve(module).resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new LauncherFailure(target + " is not built. Run ./mvnw clean and the command again.");
        }
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            return Stream.concat(Stream.of(target.resolve("classes")), libraries.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
