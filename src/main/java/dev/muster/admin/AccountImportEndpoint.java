package dev.muster.admin;

import dev.muster.account.AccountImport;
import dev.muster.account.ImportReport;
import dev.muster.stream.StreamedRequest;
import dev.muster.stream.TextLines;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes over accounts that the product had before its users were provisioned. */
@Tag(name = "Import", description = "Admin API: accounts that the product had before its users were provisioned")
@StreamedRequest
@Path("/admin/api/tenants/{id}/accounts/import")
@Produces(MediaType.APPLICATION_JSON)
public class AccountImportEndpoint {

    private static final String NDJSON = "application/x-ndjson";
    private static final int LONGEST_LINE = 65_536;
    private static final Pattern PATH = Pattern.compile("/admin/api/tenants/[^/]+/accounts/import");

    private final AccountImport imports;

    AccountImportEndpoint(AccountImport imports) {
        this.imports = imports;
    }

    /** Whether it is this that would answer at a path. */
    public static boolean isAt(String path) {
        return PATH.matcher(path).matches();
    }

    /** Imports accounts. */
    @Operation(
            summary = "Imports accounts, a JSON object a line, of any number",
            description =
                    "A line: {\"productId\",\"externalId\",\"userName\",\"email\",\"employeeNumber\",\"department\","
                            + "\"status\":\"active|inactive|blocked\",\"fields\":{…}}; productId is required, and by it a line that"
                            + " comes again is recognised. Lines that fail are listed, the first hundred, and do not stop the others.")
    @POST
    @Consumes(NDJSON)
    public Uni<ImportReport> run(@PathParam("id") String id, @Context RoutingContext routing) {
        return imports.run(id, TextLines.of(MultiHelper.toMulti(routing.request()), LONGEST_LINE));
    }
}
