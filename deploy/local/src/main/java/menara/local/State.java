package menara.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import menara.keycloak.Directories;

/**
 * The folder {@code .menara}: data, logs, records of processes, secrets, unpacked programs.
 *
 * @param directory the folder itself
 */
record State(Path directory) {

    /** Raised whenever what is on disk can no longer be read by what is built. */
    static final String DATA_FORMAT = "7";

    /** The script makes the same mark when it comes first. */
    static final String MARK = "menara-state";

    /** Everything that Menara puts into its folder. */
    private static final List<String> OURS =
            List.of("data", "logs", "run", "secrets", "programs", "demo", "lock", "built", "built.next", MARK);

    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

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

    /** Documents of the demo's invoices. */
    Path demo() {
        return directory.resolve("demo");
    }

    Path settings() {
        return records().resolve("settings");
    }

    /** Atomically, and readable by the owner only. */
    void writeForOwner(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Its content says that Menara made this folder and may remove what it made there. */
    private Path mark() {
        return directory.resolve(MARK);
    }

    /** Makes the folders, and refuses a folder that Menara did not make and data of another format. */
    void open() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            Files.createDirectory(directory, OWNER_ONLY);
        }
        requireOurs();
        Files.writeString(mark(), "Made by ./menara, which removes it with ./menara reset.\n");
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
            Files.createDirectory(secrets(), OWNER_ONLY);
        }
        // A folder of an older version, or one whose permissions were widened.
        for (Path folder : List.of(directory, data(), logs(), records(), programs(), secrets())) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** @throws LauncherFailure if there is something in the folder and nothing says that it is Menara's */
    void requireOurs() throws IOException {
        boolean ofOlderVersion =
                Files.exists(data().resolve("format")) && Files.isDirectory(records()) && Files.isDirectory(secrets());
        if (Files.exists(mark()) || ofOlderVersion) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            entries.findFirst().ifPresent(entry -> {
                throw new LauncherFailure(directory + " was not made by Menara: it holds " + entry.getFileName()
                        + " and no file " + MARK + ". Name an empty or a new folder in MENARA_STATE_DIR.");
            });
        }
    }

    /** Removes what Menara made and the folder if nothing else is in it; answers what is left. */
    List<String> remove() throws IOException {
        requireOurs();
        for (String name : OURS) {
            Path entry = directory.resolve(name);
            if (Files.isSymbolicLink(entry)) {
                Files.delete(entry); // never what it points to
            } else {
                Directories.delete(entry);
                Files.deleteIfExists(entry);
            }
        }
        try (Stream<Path> left = Files.list(directory)) {
            var names =
                    left.map(entry -> entry.getFileName().toString()).sorted().toList();
            if (names.isEmpty() && !Files.isSymbolicLink(directory)) {
                Files.delete(directory);
            }
            return names;
        }
    }

    /** Exists from a stop of Menara until its next start: parts that end meanwhile were meant to. */
    private Path stopping() {
        return records().resolve("stopping");
    }

    boolean isStopping() {
        return Files.exists(stopping());
    }

    void beginStopping() throws IOException {
        if (Files.isDirectory(records())) {
            Files.writeString(stopping(), "");
        }
    }

    void endStopping() throws IOException {
        Files.deleteIfExists(stopping());
    }

    /** Held while parts are started or stopped; empty if another process holds it. */
    Optional<Closeable> tryLock() throws IOException {
        FileChannel channel = lockFile(directory.resolve("lock"));
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException _) {
            // Another thread of this process.
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * The same, with a wait for the other holder.
     *
     * @throws LauncherFailure if it is not to be had within the limit
     */
    Closeable lock(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            var lock = tryLock();
            if (lock.isPresent()) {
                return lock.get();
            }
            if (System.nanoTime() > end) {
                throw new LauncherFailure("Another ./menara is starting or stopping things in " + directory
                        + ". Wait for it, or end it with Ctrl-C.");
            }
            Thread.sleep(LOOKS_EVERY);
        }
    }

    /** Waits until no other process supervises the parts, and excludes others until it is closed. */
    Closeable watching() throws IOException {
        FileChannel channel = lockFile(records().resolve("watching"));
        channel.lock();
        return channel;
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
