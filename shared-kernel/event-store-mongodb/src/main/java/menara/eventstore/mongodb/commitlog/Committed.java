package menara.eventstore.mongodb.commitlog;

import java.util.UUID;

/** What each commit says of itself, whatever is in it. */
public interface Committed {

    UUID NO_COMMIT = new UUID(0, 0);

    /** Where it stands: the document's {@code _id}. */
    Object place();

    /** Made by the writer, so that it recognises its own commit after a lost answer; {@link #NO_COMMIT} if none was made. */
    UUID id();

    /** Id of the commit before it; {@link #NO_COMMIT} if there is none, or an older version wrote it. */
    UUID previous();

    /**
     * False if the commit says that another one is before it. One that an older version wrote does not say.
     *
     * @param last id of the last commit that is known, {@link #NO_COMMIT} if that is not known
     */
    default boolean follows(UUID last) {
        return previous().equals(NO_COMMIT)
                || last.equals(NO_COMMIT)
                || previous().equals(last);
    }
}
