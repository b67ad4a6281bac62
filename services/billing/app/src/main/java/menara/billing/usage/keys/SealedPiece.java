package menara.billing.usage.keys;

import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.usage.events.Hash128;

/**
 * What a piece of a partition says of events, as far as it is in memory. Eight neighbours of a level are one piece of the next level, so that a look-up asks
 * few filters however long the log is. A piece has eight times as many sections as one of the level below, so that a section is of the same size always;
 * the section of a key, and in it the document, follow from the first bits of the key.
 *
 * @param name of its documents
 * @param from place of its first document of the log
 * @param until place behind the last one
 * @param last id of its last document; {@code NO_COMMIT} if whoever sealed it has not written it down
 * @param writer who wrote what counts
 * @param unreadable places of documents whose events are not among what it says
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

    /** 540 million events; more of a level are kept side by side. */
    static final int MAX_LEVEL = 4;

    /** Documents of a section. */
    static final int CHUNKS = 256;

    private static final int BITS_OF_LEVEL = Integer.numberOfTrailingZeros(MERGED);
    private static final int BITS_OF_CHUNK = Integer.numberOfTrailingZeros(CHUNKS);

    /**
     * @param filter keys of which it says something
     * @param chunks documents that there are
     */
    record Section(KeyFilter filter, BitSet chunks) {}

    /**
     * Which piece of a partition it is: the same for all instances, whoever writes it.
     *
     * @param level 0 as it was sealed
     * @param index among those of its level
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

        /** Behind the last piece of level 0 that it consists of, counted in those. */
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

        /** The pieces that may begin behind so many of level 0, the largest first. */
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

    /** Document with what is said of a key. */
    String chunk(Hash128 key) {
        return name.chunk(writer, name.sectionOf(key), name.chunkOf(key));
    }
}
