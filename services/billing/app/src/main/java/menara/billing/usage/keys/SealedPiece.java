package menara.billing.usage.keys;

import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.usage.events.Hash128;

/**
 * The part of a piece of a partition that is held in memory. Eight neighbours of a level are merged into one piece of the next level, so
 * that a look-up reads few filters however long the log is. A piece has eight times as many sections as one of the level below, so that all
 * sections have the same size. The first bits of a key give its section, and the next ones its document.
 *
 * @param name of its documents
 * @param from place of its first document of the log
 * @param until place behind the last one
 * @param last id of its last document; {@code NO_COMMIT} if the writer did not store it
 * @param writer name of the writer whose documents count
 * @param unreadable places of documents whose events it lacks
 * @param sections by the first bits of keys
 */
record SealedPiece(
        Name name,
        int from,
        int until,
        UUID last,
        String writer,
        List<Integer> unreadable,
        List<SealedPiece.Section> sections) {

    /** Pieces that become one of the next level. */
    static final int MERGED = 8;

    /** Pieces of this level, of 540 million events, are not merged further. */
    static final int MAX_LEVEL = 4;

    /** Documents of a section. */
    static final int CHUNKS = 256;

    private static final int BITS_OF_LEVEL = Integer.numberOfTrailingZeros(MERGED);
    private static final int BITS_OF_CHUNK = Integer.numberOfTrailingZeros(CHUNKS);

    /**
     * @param filter keys that it has facts of
     * @param chunks documents that exist
     */
    record Section(KeyFilter filter, BitSet chunks) {}

    /**
     * Identifies a piece of a partition, the same for all instances.
     *
     * @param level 0 if it was not merged
     * @param index among the pieces of its level
     */
    record Name(int partition, int level, int index) {

        String head() {
            return partition + "|" + level + "|" + index;
        }

        String attempts() {
            return head() + "|attempts";
        }

        String section(String writer, int section) {
            return head() + "|" + writer + "|" + section;
        }

        String chunk(String writer, int section, int chunk) {
            return section(writer, section) + "|" + chunk;
        }

        int sections() {
            return 1 << (BITS_OF_LEVEL * level);
        }

        int sectionOf(Hash128 key) {
            return level == 0 ? 0 : (int) (key.high() >>> (Long.SIZE - BITS_OF_LEVEL * level));
        }

        int chunkOf(Hash128 key) {
            return (int) (key.high() << (BITS_OF_LEVEL * level) >>> (Long.SIZE - BITS_OF_CHUNK));
        }

        /** Index after its last piece of level 0. */
        int end() {
            return (index + 1) * sections();
        }

        /** The pieces that it is made of. */
        List<Name> parts() {
            return level == 0
                    ? List.of()
                    : IntStream.range(0, MERGED)
                            .mapToObj(i -> new Name(partition, level - 1, index * MERGED + i))
                            .toList();
        }

        Name whole() {
            return new Name(partition, level + 1, index / MERGED);
        }

        /** The pieces that may begin after so many of level 0, the largest first. */
        static List<Name> beginningAt(int partition, int begin) {
            return IntStream.rangeClosed(0, MAX_LEVEL)
                    .map(down -> MAX_LEVEL - down)
                    .filter(level -> begin % (1 << (BITS_OF_LEVEL * level)) == 0)
                    .mapToObj(level -> new Name(partition, level, begin >> (BITS_OF_LEVEL * level)))
                    .toList();
        }
    }

    boolean mayHold(Hash128 key) {
        var section = sections.get(name.sectionOf(key));
        return section.chunks().get(name.chunkOf(key)) && section.filter().mayHold(key);
    }

    /** The document with the facts of a key. */
    String chunk(Hash128 key) {
        return name.chunk(writer, name.sectionOf(key), name.chunkOf(key));
    }
}
