package menara.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** What a failed file operation means to the person at the terminal. */
final class Trouble {

    private Trouble() {}

    static String explained(IOException e) {
        return switch (e) {
            case AccessDeniedException denied ->
                denied.getFile()
                        + " may not be read or written by you. Change its owner, or name another folder in MENARA_STATE_DIR.";
            case NoSuchFileException missing -> missing.getFile() + " is not there.";
            case NotDirectoryException file -> file.getFile() + " is no folder. Name another one in MENARA_STATE_DIR.";
            case FileAlreadyExistsException file ->
                file.getFile() + " is in the way. Name another folder in MENARA_STATE_DIR.";
            case FileSystemException failed -> failed.getFile() + ": " + failed.getReason() + hint(failed.getReason());
            default -> e.getMessage() + hint(e.getMessage());
        };
    }

    private static String hint(@Nullable String reason) {
        return reason != null && reason.contains("No space left")
                ? ". Make room, or name a folder on another disk in MENARA_STATE_DIR."
                : "";
    }
}
