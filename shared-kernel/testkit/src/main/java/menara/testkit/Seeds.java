package menara.testkit;

/** Seeds of random tests: another one each time, and with {@code -Dmenara.seed=…} the same again. */
public final class Seeds {

    private static final String AGAIN = "menara.seed";

    private Seeds() {}

    /** Printed, because nobody knows beforehand which run fails. */
    public static long of(Class<?> test) {
        return of(test, System.nanoTime());
    }

    /** @param usual where a test plays the same each time unless it is told otherwise */
    public static long of(Class<?> test, long usual) {
        long seed = Long.getLong(AGAIN, usual);
        System.out.println(test.getSimpleName() + ": -D" + AGAIN + "=" + seed);
        return seed;
    }
}
