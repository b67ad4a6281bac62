package menara.lamps;

/** A lamp is lit or dark. */
enum Lamp {
    DARK,
    LIT
}
