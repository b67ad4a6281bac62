package menara.embeddedmongodb;

/** What an acknowledged write outlives. A read shows nothing that would not outlive it too. */
public enum Durability {
    /**
     * The death of this process by any signal: the write is in the operating system's file cache. A loss of power may cost the whole
     * file. The default, because this server is for evaluation and tests, where processes are killed and machines are not.
     */
    PROCESS_CRASH,

    /** Also the loss of power: the file is forced to the device, once per group of writes, before they are acknowledged. */
    POWER_LOSS
}
