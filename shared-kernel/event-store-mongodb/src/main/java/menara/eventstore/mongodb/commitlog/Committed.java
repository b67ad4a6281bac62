package menara.eventstore.mongodb.commitlog;

import java.util.UUID;

/** What every commit has, whatever its content. */
public interface Committed {

    UUID NO_COMMIT = new UUID(0, 0);

    /** Its place: the document's {@code _id}. */
    Object place();

    /** Made by the writer, so that it recognises its own commit after a lost answer; {@link #NO_COMMIT} if none was made. */
    UUID id();

    /** Id of the commit before it; {@link #NO_COMMIT} if there is none, or an older version wrote it. */
    UUID previous();

    /**
     * False if the commit names a different one before it. A commit of an older version names none.
     *
     * @param last id of the last commit that is known, {@link #NO_COMMIT} if that is not known
     */
    default boolean follows(UUID last) {
        return previous().equals(NO_COMMIT)
                || last.equals(NO_COMMIT)
                || previous().equals(last);
    }
}
