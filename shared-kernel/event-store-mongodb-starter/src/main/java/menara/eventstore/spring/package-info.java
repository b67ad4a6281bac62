/**
 * The event store in a Spring Boot application: what an application declares to decide, project, follow, publish and do due work, and the
 * wiring behind it. It is independent of any application.
 */
@NullMarked
package menara.eventstore.spring;

import org.jspecify.annotations.NullMarked;
