/** Brings the credits of months that are over up to date with charges recorded since. */
@NullMarked
package menara.billing.reassessment;

import org.jspecify.annotations.NullMarked;
