package menara.crooked.lamps;

import java.util.List;

/** A state that decides itself. */
record Lamp(boolean lit) {

    static List<String> decide(Lamp lamp) {
        return lamp.lit() ? List.of() : List.of("lit");
    }
}
