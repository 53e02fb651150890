package dev.muster.admin;

import dev.muster.tenant.TenantFile;
import dev.muster.tenant.TenantFiles;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The files that declare tenants. */
@Tag(name = "Tenants", description = "Admin API: customers of the vendor")
@Path("/admin/api/tenants-files")
@Produces(MediaType.APPLICATION_JSON)
public class TenantFilesEndpoint {

    private final TenantFiles files;

    TenantFilesEndpoint(TenantFiles files) {
        this.files = files;
    }

    /**
     * The files of {@code muster.tenants.dir}.
     *
     * @param error why the directory cannot be read; null where it can
     */
    public record TenantFileList(
            List<TenantFile> files, @Nullable String error) {}

    /** The files of muster.tenants.dir, and what this server has made of them. */
    @Operation(summary = "The files of muster.tenants.dir, and what this server has made of them")
    @GET
    public TenantFileList list() {
        return new TenantFileList(files.list(), files.fault().orElse(null));
    }
}
