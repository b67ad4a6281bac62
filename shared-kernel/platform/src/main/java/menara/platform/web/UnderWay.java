package menara.platform.web;

import java.util.HashMap;
import java.util.Map;

/** How many requests are under way: of each party, and of all. */
final class UnderWay {

    /** What became of the wish to begin. */
    enum Place {
        TAKEN,
        PARTY_HAS_ALL_OF_ITS_OWN,
        ALL_ARE_TAKEN
    }

    private final int perParty;
    private final int forAll;

    /** Who has none under way is not in it, so it never holds more than {@link #forAll} parties. */
    private final Map<String, Integer> byParty = new HashMap<>();

    private int all;

    /**
     * @param perParty how many a party may have under way
     * @param forAll how many may be under way together
     */
    UnderWay(int perParty, int forAll) {
        this.perParty = perParty;
        this.forAll = forAll;
    }

    int perParty() {
        return perParty;
    }

    /** Counts one more, if there is a place for it; then it is to be given back. */
    synchronized Place take(String party) {
        int own = byParty.getOrDefault(party, 0);
        if (own >= perParty) {
            return Place.PARTY_HAS_ALL_OF_ITS_OWN;
        }
        if (all >= forAll) {
            return Place.ALL_ARE_TAKEN;
        }
        byParty.put(party, own + 1);
        all++;
        return Place.TAKEN;
    }

    synchronized void giveBack(String party) {
        byParty.computeIfPresent(party, (_, own) -> own == 1 ? null : own - 1);
        all--;
    }
}
