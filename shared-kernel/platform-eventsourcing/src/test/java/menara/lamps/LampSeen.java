package menara.lamps;

import menara.values.PublishedEvent;

/** What others see of an event. */
@PublishedEvent(namespace = "menara.lamps.published", name = "LampSeen", version = "1")
record LampSeen(String lamp, String event) {

    /** A lamp of this name makes others see so much that three of them fit no commit. */
    static final String GLARING = "glaring";

    private static final int GLARE = 1_500_000;

    static LampSeen of(String lamp, Object event) {
        var name = event.getClass().getSimpleName();
        return new LampSeen(lamp, lamp.startsWith(GLARING) ? name + " ".repeat(GLARE) : name);
    }
}
