package menara.billing.metering;

/**
 * Identity of an event: whoever sends the same {@code source} and {@code id} means the same event (CloudEvents 1.0, "id").
 *
 * @param source URI reference of the producer
 * @param id unique within the source
 */
record UsageKey(String source, String id) {

    /** A URI reference holds no blank, so the first blank parts source from id and no two keys share a text. */
    String text() {
        return source + " " + id;
    }
}
