package menara.eventstore.mongodb.due;

/**
 * An entry of work that falls due at a time: a hint, which counts only while its token is that of the stored work.
 *
 * @param millis when the work falls due
 * @param token of the scheduling, so that an older one of the same work is not taken for it
 * @param key {@code kind/id} of the work
 */
record DueEntry(long millis, String token, String key) {

    static DueEntry parse(String text) {
        int first = text.indexOf('|');
        int second = text.indexOf('|', first + 1);
        return new DueEntry(
                Long.parseLong(text.substring(0, first)),
                text.substring(first + 1, second),
                text.substring(second + 1));
    }

    String text() {
        return millis + "|" + token + "|" + key;
    }
}
