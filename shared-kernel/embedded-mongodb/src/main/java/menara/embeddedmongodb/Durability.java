package menara.embeddedmongodb;

/** The failure that an acknowledged write survives. A read shows only data that survives it too. */
public enum Durability {
    /**
     * The death of this process by any signal: the write is in the operating system's file cache. A loss of power may cost the whole
     * file. The default, because this server is for evaluation and tests, where processes are killed and machines are not.
     */
    PROCESS_CRASH,

    /** Survives also the loss of power: the file is forced to the device, once per group of writes, before they are acknowledged. */
    POWER_LOSS
}
