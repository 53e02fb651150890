package dev.muster.directory;

/**
 * What has become of changes of a group's members.
 *
 * @param changed whether there is another set of members now
 * @param groupsSkipped whether groups have been left out that were to be members
 */
record MembersOutcome(boolean changed, boolean groupsSkipped) {

    static final MembersOutcome NONE = new MembersOutcome(false, false);

    /** This and what has become of further changes. */
    MembersOutcome and(MembersOutcome further) {
        return new MembersOutcome(changed || further.changed, groupsSkipped || further.groupsSkipped);
    }

    /** {@code notes} with this in them. */
    WriteNotes noted(WriteNotes notes) {
        WriteNotes all = changed ? notes.withMembers() : notes;
        return groupsSkipped ? all.withSkippedGroups() : all;
    }
}
