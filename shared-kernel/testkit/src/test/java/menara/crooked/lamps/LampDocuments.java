package menara.crooked.lamps;

import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;

/** Keeps documents under another name. */
@Projection("lamps")
record LampDocuments(ReadModel lamps) {}
