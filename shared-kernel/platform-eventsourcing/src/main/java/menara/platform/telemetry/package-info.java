/** What an operator sees: defaults of every service's runtime, metrics, health and parked events. */
@NullMarked
package menara.platform.telemetry;

import org.jspecify.annotations.NullMarked;
