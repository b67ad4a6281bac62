package menara.capacity.site;

import java.time.Instant;
import menara.capacity.boundary.Boundary;

/** The whole site, as capacity managers import it. */
sealed interface SiteCommands {

    /** Add the new parts of a document, only if all of it is valid. */
    record ImportSite(SiteDocument document, Instant at) implements SiteCommands {

        /** Committed racks count at the nodes they are connected to, so the decision reads commitments too. */
        public Boundary boundary() {
            return new Boundary.Site();
        }
    }
}
