package menara.eventstore.mongodb.verify;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClients;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ./menara verify-log URI [--log NAME] [--processor NAME …]}: reports whether a log is whole. Exits with 0 if it is, 1 if it is not,
 * 2 for wrong arguments, 3 if the log could not be read.
 */
public final class VerifyLog {

    private static final int SOUND = 0;
    private static final int DAMAGED = 1;
    private static final int MISUSED = 2;
    private static final int UNREADABLE = 3;

    private static final String USAGE =
            "usage: ./menara verify-log mongodb://HOST/DATABASE [--log COLLECTION] [--processor NAME …]";

    private VerifyLog() {}

    /**
     * The arguments.
     *
     * @param log the collection
     * @param processors processors whose tokens are checked
     */
    private record Asked(ConnectionString uri, String database, String log, Set<String> processors) {

        /** Empty if the arguments are wrong. */
        static Optional<Asked> of(String... arguments) {
            if (arguments.length % 2 == 0) {
                return Optional.empty();
            }
            var log = "events";
            var processors = new HashSet<String>();
            for (int i = 1; i < arguments.length; i += 2) {
                switch (arguments[i]) {
                    case "--log" -> log = arguments[i + 1];
                    case "--processor" -> processors.add(arguments[i + 1]);
                    default -> {
                        return Optional.empty();
                    }
                }
            }
            try {
                var uri = new ConnectionString(arguments[0]);
                var database = uri.getDatabase();
                return database == null ? Optional.empty() : Optional.of(new Asked(uri, database, log, processors));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }

    static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        var asked = Asked.of(arguments);
        if (asked.isEmpty()) {
            err.println(USAGE);
            return MISUSED;
        }
        try {
            return verify(asked.get(), out);
        } catch (MongoTimeoutException _) {
            err.println("menara: no server answers at %s; is it running, and is the address right?"
                    .formatted(String.join(",", asked.get().uri().getHosts())));
            return UNREADABLE;
        } catch (MongoException e) {
            err.println("menara: the log cannot be read: " + e.getMessage());
            return UNREADABLE;
        }
    }

    private static int verify(Asked asked, PrintStream out) {
        try (var client = MongoClients.create(asked.uri())) {
            var summary = LogVerifier.verify(
                    client.getDatabase(asked.database()),
                    asked.log(),
                    asked.processors(),
                    finding ->
                            out.printf("at %,d: %s%n    %s%n", finding.position(), finding.what(), finding.repair()));
            out.printf(
                    "%s.%s: %,d commits, %,d events, %s%n",
                    asked.database(),
                    asked.log(),
                    summary.commits(),
                    summary.events(),
                    summary.findings() == 0 ? "whole" : "%,d findings".formatted(summary.findings()));
            return summary.findings() == 0 ? SOUND : DAMAGED;
        }
    }
}
