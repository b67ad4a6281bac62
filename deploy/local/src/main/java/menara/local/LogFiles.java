package menara.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The standard output of the parts, one file each. A part writes its file itself, so that nothing stands between it and its last
 * line when it dies; a file that has grown too large is copied aside and emptied under it.
 *
 * @param mostBytes of a file before it is put aside
 * @param kept how many of a part are kept aside, {@code NAME.1.log} the newest
 */
record LogFiles(State state, long mostBytes, int kept) {

    LogFiles(State state) {
        this(state, 10L << 20, 4);
    }

    /** The file that a process is to append to; only one that appends can be emptied under it. */
    File forAppending(String part) throws IOException {
        Path log = state.log(part);
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        if (!Files.exists(log)) {
            Files.createFile(log, PosixFilePermissions.asFileAttribute(ownerOnly));
        }
        Files.setPosixFilePermissions(log, ownerOnly);
        Files.writeString(
                log, "--- started " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n", StandardOpenOption.APPEND);
        return log.toFile();
    }

    /** Puts the file of a part aside if it is too large. If this is interrupted, lines are duplicated rather than lost. */
    void bound(String part) throws IOException {
        Path log = state.log(part);
        if (!Files.exists(log) || Files.size(log) <= mostBytes) {
            return;
        }
        Path copy = log.resolveSibling(part + ".copy");
        state.writeForOwner(copy, "");
        try (InputStream from = Files.newInputStream(log);
                OutputStream to = Files.newOutputStream(copy, StandardOpenOption.APPEND);
                FileChannel emptied = FileChannel.open(log, StandardOpenOption.WRITE)) {
            long copied = from.transferTo(to);
            while (copied < emptied.size()) {
                copied += from.transferTo(to); // what was written meanwhile
            }
            for (int number = firstFree(part); number > 1; number--) {
                Files.move(aside(part, number - 1), aside(part, number), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(copy, aside(part, 1), StandardCopyOption.REPLACE_EXISTING);
            emptied.truncate(0);
        }
    }

    /** Where a move that was cut short left a gap, it is closed; else the oldest makes way. */
    private int firstFree(String part) {
        int number = 1;
        while (number < kept && Files.exists(aside(part, number))) {
            number++;
        }
        return number;
    }

    private Path aside(String part, int number) {
        return state.log(part + "." + number);
    }
}
