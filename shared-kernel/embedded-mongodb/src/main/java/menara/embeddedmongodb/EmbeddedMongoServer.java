package menara.embeddedmongodb;

import de.bwaldvogel.mongo.MongoBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB server inside this JVM, on 127.0.0.1: for evaluation, demos and tests. It authenticates users (SCRAM-SHA-256); without users it
 * is open to every process of the machine, which is for tests.
 *
 * <p>On disk, a write is committed to the file before it is acknowledged, as far as the {@link Durability} says; concurrent writers
 * share commits.
 */
public final class EmbeddedMongoServer implements AutoCloseable {

    /** Lets the system choose a free port. */
    public static final int EPHEMERAL_PORT = 0;

    /** A commit rewrites whole pages; H2's default of 16 kB writes 22 kB for each small insert, this 7 kB. */
    private static final int PAGE_BYTES = 4_096;

    /**
     * How long {@link #close()} may compact the file, in milliseconds: not at all, because H2 2.4.240 then overwrites chunks (h2database
     * issues 4086 and 4247): it fails with an AssertionError, or silently loses data.
     */
    private static final int COMPACTION_ON_CLOSE_MILLIS = 0;

    private final WireServer server;
    private final MongoBackend backend;
    private final @Nullable Disk disk;

    private record Disk(MVStore store, GroupCommit commits) {}

    private EmbeddedMongoServer(MongoBackend backend, @Nullable Disk disk, int port, @Nullable Users users) {
        this.backend = backend;
        this.disk = disk;
        try {
            this.server = new WireServer(backend, disk == null ? null : disk.commits(), users, port);
        } catch (IOException e) {
            closeStorage();
            throw new UncheckedIOException("No MongoDB server on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    public static EmbeddedMongoServer inMemory() {
        return inMemory(EPHEMERAL_PORT);
    }

    /** @throws UncheckedIOException if the port is taken */
    public static EmbeddedMongoServer inMemory(int port) {
        return new EmbeddedMongoServer(new MemoryBackend(), null, port, null);
    }

    /**
     * @param users the users that may connect, with their rights
     * @throws UncheckedIOException if the port is taken
     */
    public static EmbeddedMongoServer inMemory(int port, Collection<User> users) {
        return new EmbeddedMongoServer(new MemoryBackend(), null, port, new Users(users));
    }

    public static EmbeddedMongoServer onDisk(Path file) {
        return onDisk(file, EPHEMERAL_PORT);
    }

    public static EmbeddedMongoServer onDisk(Path file, int port) {
        return onDisk(file, port, Durability.PROCESS_CRASH);
    }

    /**
     * @param file the one data file; made, with its directory, if it is not there
     * @throws IllegalStateException if another process has the file open, or this server did not make it
     * @throws UncheckedIOException if the port is taken or the directory cannot be made
     */
    public static EmbeddedMongoServer onDisk(Path file, int port, Durability durability) {
        return onDisk(open(file), port, durability, null);
    }

    /**
     * @param users the users that may connect, with their rights
     * @see #onDisk(Path, int, Durability)
     */
    public static EmbeddedMongoServer onDisk(Path file, int port, Durability durability, Collection<User> users) {
        return onDisk(open(file), port, durability, new Users(users));
    }

    private static EmbeddedMongoServer onDisk(MVStore store, int port, Durability durability, @Nullable Users users) {
        return new EmbeddedMongoServer(
                new DiskBackend(store), new Disk(store, new GroupCommit(store, durability)), port, users);
    }

    private static MVStore open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("No directory for the data file " + file, e);
        }
        try {
            // Only commits of this class may write: the store's own thread could commit half a command.
            MVStore store = new MVStore.Builder()
                    .fileName(file.toAbsolutePath().toString())
                    .autoCommitDisabled()
                    .pageSplitSize(PAGE_BYTES)
                    .open();
            // A commit leaves kilobytes of replaced pages behind: give them back at once. That is safe against a kill,
            // which keeps the
            // order of writes, and with POWER_LOSS, which forces each version to the device before the next one begins.
            store.setRetentionTime(0);
            store.setVersionsToKeep(0);
            return store;
        } catch (MVStoreException e) {
            String reason = e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                    ? "another process has it open"
                    : "it cannot be read as one: " + e.getMessage();
            throw new IllegalStateException("The data file " + file + " is not usable: " + reason, e);
        }
    }

    /** Connection string for a driver, without a database name: {@code mongodb://127.0.0.1:27117}. */
    public String connectionString() {
        return "mongodb://127.0.0.1:" + port();
    }

    public int port() {
        return server.port();
    }

    /** Disconnects everybody and closes the data file. */
    @Override
    public void close() {
        server.close();
        closeStorage();
    }

    private void closeStorage() {
        if (disk == null) {
            backend.close();
            return;
        }
        disk.commits().close();
        disk.store().close(COMPACTION_ON_CLOSE_MILLIS);
        backend.close();
    }
}
