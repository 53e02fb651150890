package dev.muster.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.account.ProjectionProgress;
import dev.muster.account.Projections;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How far the accounts of a tenant follow its resources and rules. */
@Tag(name = "Projection", description = "Admin API: accounts made anew after a change of the settings")
@Path("/admin/api/tenants/{id}/projection")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectionEndpoint {

    private final Projections projections;

    ProjectionEndpoint(Projections projections) {
        this.projections = projections;
    }

    /**
     * The projection of all users and groups that is under way, else the last one.
     *
     * @param state {@code running} or {@code idle}
     * @param total the users and groups that there were when it began; while it runs more may come
     * @param done how many of them have been looked at
     * @param changed how many accounts and groups have become others, or wait to
     * @param changesWaiting changes of users and groups that have not been worked off yet; they come first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProjectionView(
            String state,
            long total,
            long done,
            long changed,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            long changesWaiting) {

        static ProjectionView of(ProjectionProgress progress) {
            return new ProjectionView(
                    progress.running() ? "running" : "idle",
                    progress.total(),
                    progress.done(),
                    progress.changed(),
                    progress.startedAt(),
                    progress.finishedAt(),
                    progress.changesWaiting());
        }
    }

    /** How far the projection of all users and groups is. */
    @Operation(summary = "How far the projection of all users and groups is, which follows a change of the settings")
    @GET
    public Uni<ProjectionView> progress(@PathParam("id") String id) {
        return projections.progress(id).map(ProjectionView::of);
    }
}
