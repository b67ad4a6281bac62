package menara.embeddedmongodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server as a process of its own: {@code --port N}, {@code --data FILE [--sync]} or {@code --memory}, and {@code --users FILE}, a
 * file as {@link Users#read} takes it, or {@code --no-users}, which admits every process of the machine.
 */
public final class EmbeddedMongo {

    private static final String USAGE = "usage: --port N (--data FILE [--sync] | --memory) (--users FILE | --no-users)";

    private EmbeddedMongo() {}

    /** Runs until it is signalled. Prints {@code listening on <connection string>} once clients may connect; exits 2 on bad arguments. */
    static void main(String[] args) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
            return;
        }
        try {
            EmbeddedMongoServer server = arguments.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "embedded-mongodb-close"));
            System.out.println("listening on " + server.connectionString());
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    record Arguments(
            int port,
            @Nullable Path data,
            Durability durability,
            @Nullable Path users) {

        static Arguments parse(String... args) {
            int port = EmbeddedMongoServer.EPHEMERAL_PORT;
            Path data = null;
            Path users = null;
            boolean memory = false;
            boolean open = false;
            Durability durability = Durability.PROCESS_CRASH;
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--memory" -> memory = true;
                    case "--sync" -> durability = Durability.POWER_LOSS;
                    case "--data" -> data = Path.of(value(args, ++i));
                    case "--users" -> users = Path.of(value(args, ++i));
                    case "--no-users" -> open = true;
                    case "--port" -> port = port(value(args, ++i));
                    default -> throw new IllegalArgumentException("unknown argument " + args[i]);
                }
            }
            if (memory == (data != null)) {
                throw new IllegalArgumentException("either --data or --memory is needed");
            }
            if (open == (users != null)) {
                throw new IllegalArgumentException("either --users or --no-users is needed");
            }
            return new Arguments(port, data, durability, users);
        }

        private static String value(String[] args, int index) {
            if (index == args.length) {
                throw new IllegalArgumentException(args[index - 1] + " needs a value");
            }
            return args[index];
        }

        private static int port(String text) {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
                throw new IllegalArgumentException("no port: " + text);
            }
            return Integer.parseInt(text);
        }

        EmbeddedMongoServer start() {
            if (users == null) {
                return data == null
                        ? EmbeddedMongoServer.inMemory(port)
                        : EmbeddedMongoServer.onDisk(data, port, durability);
            }
            var known = known(users);
            return data == null
                    ? EmbeddedMongoServer.inMemory(port, known)
                    : EmbeddedMongoServer.onDisk(data, port, durability, known);
        }

        private static List<User> known(Path users) {
            try {
                return Users.read(users);
            } catch (IOException e) {
                throw new UncheckedIOException("The users cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
