/** How fast usage is ingested and a month is invoiced: the billing service as it runs, its clients and a durable embedded server. */
@NullMarked
package menara.bench.billing;

import org.jspecify.annotations.NullMarked;
