package menara.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./menara logs NAME [-f]}. */
final class Logs {

    private static final Duration FOLLOW_EVERY = Duration.ofMillis(300);
    private static final int BUFFER_BYTES = 64 << 10;

    private Logs() {}

    static int print(State state, List<String> arguments) throws IOException, InterruptedException {
        boolean follow = arguments.size() == 2 && arguments.getLast().equals("-f");
        if (!(arguments.size() == 1 || follow) || !arguments.getFirst().matches("[a-z0-9.-]+")) {
            throw new LauncherFailure("usage: ./menara logs NAME [-f], NAME one of " + names(state));
        }
        Path log = state.log(arguments.getFirst());
        if (!Files.isRegularFile(log)) {
            throw new LauncherFailure("There is no log of " + arguments.getFirst() + ", only of " + names(state));
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] buffer = new byte[BUFFER_BYTES];
            do {
                if (file.length() < file.getFilePointer()) {
                    file.seek(0); // it was put aside and begins anew
                }
                for (int read = file.read(buffer); read > 0; read = file.read(buffer)) {
                    System.out.write(buffer, 0, read);
                }
                System.out.flush();
                if (follow) {
                    Thread.sleep(FOLLOW_EVERY);
                }
            } while (follow && !System.out.checkError());
        }
        return 0;
    }

    private static String names(State state) throws IOException {
        if (!Files.isDirectory(state.logs())) {
            return "none yet";
        }
        try (Stream<Path> logs = Files.list(state.logs())) {
            return logs.map(log -> log.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .collect(Collectors.joining(" "));
        }
    }
}
