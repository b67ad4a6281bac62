/** Sends commands, and decides them again while others come first. */
@NullMarked
package menara.eventstore.spring.command;

import org.jspecify.annotations.NullMarked;
