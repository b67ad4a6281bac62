package menara.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The folder {@code .menara}: data, logs, records of processes, secrets, unpacked programs.
 *
 * @param directory the folder itself
 */
record State(Path directory) {

    /** Raised whenever what is on disk can no longer be read by what is built. */
    static final String DATA_FORMAT = "3";

    Path data() {
        return directory.resolve("data");
    }

    Path logs() {
        return directory.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path records() {
        return directory.resolve("run");
    }

    Path secrets() {
        return directory.resolve("secrets");
    }

    Path programs() {
        return directory.resolve("programs");
    }

    /** Makes the folders, and refuses data of another format. */
    void open() throws IOException {
        Path version = data().resolve("format");
        if (Files.isDirectory(data())) {
            String found = Files.exists(version) ? Files.readString(version).strip() : "unknown";
            if (!found.equals(DATA_FORMAT)) {
                throw new LauncherFailure(
                        "The data in " + data() + " has the format " + found + ", and this Menara reads "
                                + DATA_FORMAT
                                + ". Remove it with ./menara reset, or go back to the version that wrote it.");
            }
        }
        Files.createDirectories(data());
        Files.writeString(version, DATA_FORMAT + "\n");
        for (Path folder : List.of(logs(), records(), programs())) {
            Files.createDirectories(folder);
        }
        if (!Files.isDirectory(secrets())) {
            Files.createDirectory(
                    secrets(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Keeps a second {@code up} away while one is starting things. */
    Closeable lock() throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new LauncherFailure(
                    "Another ./menara up is starting things in " + directory + ". Wait for it, or ./menara down.");
        }
        return channel;
    }

    /** The last lines of a part's log, for a message. */
    String logTail(String part, int lines) {
        try {
            List<String> all = Files.readAllLines(log(part), StandardCharsets.ISO_8859_1); // which reads anything
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
