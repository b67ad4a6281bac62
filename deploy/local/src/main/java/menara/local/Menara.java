package menara.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The commands of {@code ./menara}; the script finds a JDK, builds, and comes here. */
final class Menara {

    private static final int MISUSED = 2;

    private Menara() {}

    static void main(String[] arguments) throws InterruptedException {
        int exit;
        try {
            exit = run(List.of(arguments));
        } catch (LauncherFailure e) {
            System.err.println("menara: " + e.getMessage());
            exit = 1;
        } catch (UncheckedIOException e) {
            exit = failed(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            exit = failed(e);
        }
        System.exit(exit);
    }

    private static int failed(IOException e) {
        System.err.println("menara: " + Trouble.explained(e));
        return 1;
    }

    private static int run(List<String> arguments) throws IOException, InterruptedException {
        Path root =
                Path.of(System.getProperty("menara.root", ".")).toAbsolutePath().normalize();
        State state = new State(Path.of(System.getProperty(
                        "menara.state", root.resolve(".menara").toString()))
                .toAbsolutePath()
                .normalize());
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        Settings asked = Settings.of(root, System.getenv());
        // Where it runs was said once, to up.
        Settings settings = command.equals("up") ? asked : asked.asRemembered(state);
        List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        return switch (command) {
            case "up" -> {
                requireOnly(rest, "--detach", "--memory");
                var up = new Up(settings, state, rest.contains("--memory"));
                yield up.run(rest.contains("--detach"));
            }
            case "down" -> {
                requireOnly(rest);
                yield new Down(settings, state).stop();
            }
            case "reset" -> {
                requireOnly(rest, "--yes");
                yield new Down(settings, state)
                        .reset(
                                rest.contains("--yes"),
                                Optional.ofNullable(System.console())
                                        .filter(terminal -> terminal.isTerminal())
                                        .map(terminal -> new BufferedReader(terminal.reader())));
            }
            case "status" -> {
                requireOnly(rest);
                yield new Status(settings, state).print();
            }
            case "supervise" -> {
                requireOnly(rest, "--memory");
                var parts = new LocalParts(settings, state, Secrets.of(state), rest.contains("--memory"));
                new Supervisor(state, new Running(state, Running.POLITE_LIMIT), new Console(System.out))
                        .watch(parts.all(), parts.lostWhenEnded());
                yield 0;
            }
            case "logs" -> Logs.print(state, rest);
            case "demo" -> new Tool(settings, state, "demo", "menara.demo.Demo").runAgainstRunning(rest);
            case "token" -> Token.of(settings, state).print(rest);
            case "bench" -> new Tool(settings, state, "bench", "menara.bench.Bench").run(rest);
            case "prove" -> new Tool(settings, state, "bench", "menara.bench.Prove").run(rest);
            case "verify-log" ->
                new Tool(settings, state, "bench", "menara.eventstore.mongodb.verify.VerifyLog").run(rest);
            default -> {
                System.err.println("menara: unknown command " + command + ", see ./menara help");
                yield MISUSED;
            }
        };
    }

    private static void requireOnly(List<String> given, String... known) {
        Set<String> allowed = Set.copyOf(Arrays.asList(known));
        given.stream().filter(option -> !allowed.contains(option)).findFirst().ifPresent(option -> {
            throw new LauncherFailure("unknown option " + option + ", see ./menara help");
        });
    }
}
