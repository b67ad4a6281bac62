package menara.eventstore.mongodb.simulation;

/** What a writer still has to append, over all lives of its process. */
final class Quota {

    private final String writer;
    private int left;
    private int made;

    Quota(String writer, int left) {
        this.writer = writer;
        this.left = left;
    }

    String writer() {
        return writer;
    }

    boolean isUsedUp() {
        return left <= 0;
    }

    void use() {
        left--;
    }

    /** Id of another event. */
    String nextEvent() {
        return writer + "/" + made++;
    }
}
