/** Drives the main job through the gateway with real tokens and says, step by step, what happened. */
@NullMarked
package menara.demo;

import org.jspecify.annotations.NullMarked;
