package menara.eventstore.spring.state;

/**
 * How a counter stands.
 *
 * @param events that were folded
 * @param mixed of all amounts: another order, one more or one less gives another number
 */
record Counter(int events, long mixed) {

    static final Counter NONE = new Counter(0, 0);

    Counter plus(int amount) {
        return new Counter(events + 1, mixed * 31 + amount);
    }
}
