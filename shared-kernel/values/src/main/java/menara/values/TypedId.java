package menara.values;

/**
 * An identity that cannot be mistaken for another kind's. On the wire and in the database it is its bare {@link #value()}.
 *
 * @param <T> {@link String} for names given by people, {@link java.util.UUID} for ids that services make
 */
public interface TypedId<T extends Comparable<T>> {

    T value();
}
