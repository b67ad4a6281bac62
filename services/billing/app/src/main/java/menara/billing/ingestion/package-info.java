/** Usage as CloudEvents, sorted into what counts and what is refused. */
@NullMarked
package menara.billing.ingestion;

import org.jspecify.annotations.NullMarked;
