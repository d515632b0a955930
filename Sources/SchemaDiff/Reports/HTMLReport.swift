/// The result as a page: one file without anything from elsewhere.
///
/// It is readable without scripts; a script inside it adds filters. All that comes from the documents is escaped, and a
/// content security policy keeps the page from loading or sending anything.
public struct HTMLReport: Sendable {
    private let result: DiffResult

    /// - Parameter result: What was found.
    public init(_ result: DiffResult) { self.result = result }

    /// The page.
    public var text: String {
        let groups = ChangeGroup.groups(result.changes)
        var anchors = HTMLAnchors()
        var page = HTMLText()
        page.raw(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="referrer" content="no-referrer">
            <title>Schema changes: 
            """
        )
        page.text("\(result.oldName) → \(result.newName)")
        page.raw("</title>\n<style>\n\(HTMLAssets.style)\n</style>\n</head>\n<body>\n")
        page.raw("<a class=\"skip\" href=\"#changes\">Skip to the changes</a>\n")
        writeHeader(to: &page)
        writeFilters(groups, to: &page)
        page.raw("<main id=\"changes\" tabindex=\"-1\">\n")
        writeRenames(to: &page)
        for group in groups { write(group, &anchors, to: &page) }
        writeAccepted(to: &page)
        page.raw("<p id=\"nothing\" hidden>No change matches the filters.</p>\n</main>\n")
        page.raw("<script>\n\(HTMLAssets.script)\n</script>\n</body>\n</html>\n")
        return page.html
    }

    private func writeHeader(to page: inout HTMLText) {
        let summary = result.summary
        page.raw("<header>\n<h1>Schema changes</h1>\n<p><code>")
        page.text(result.oldName)
        page.raw("</code> → <code>")
        page.text(result.newName)
        page.raw("</code></p>\n<ul class=\"counts\">")
        for severity in Severity.allCases {
            page.raw("<li class=\"\(severity.rawValue)\"><b>\(summary[severity])</b> \(severity.rawValue)</li>")
        }
        page.raw("</ul>\n<p>")
        page.text(result.changes.isEmpty ? result.countsSentence : result.bumpSentence)
        page.raw("</p>\n</header>\n")
    }

    private func writeFilters(_ groups: [ChangeGroup], to page: inout HTMLText) {
        page.raw("<form id=\"filters\" role=\"search\" aria-label=\"Filter the changes\" hidden>\n<fieldset>")
        page.raw("<legend>Severity</legend>")
        for severity in Severity.allCases {
            let name = severity.rawValue
            page.raw("<label><input type=\"checkbox\" name=\"severity\" value=\"\(name)\" checked> \(name)</label> ")
        }
        page.raw("</fieldset>\n<label>Type or container <select name=\"table\"><option value=\"\">all</option>")
        for group in groups {
            page.raw("<option>")
            page.text(group.title)
            page.raw("</option>")
        }
        page.raw(
            """
            </select></label>
            <label>Search <input type="search" name="q" autocomplete="off" placeholder="name, rule, text" title="Press / to search"></label>
            <button type="reset">Reset</button>
            <output id="shown" aria-live="polite"></output>
            </form>

            """
        )
    }

    private func writeRenames(to page: inout HTMLText) {
        guard !result.renames.isEmpty else { return }
        let isOpen = result.renames.count <= 10 ? " open" : ""
        page.raw("<section class=\"extra\"><h2>Probable renames</h2>\n")
        page.raw("<details\(isOpen)><summary>\(result.renames.count) of them</summary><ul>\n")
        for rename in result.renames {
            page.raw("<li><code>")
            page.text(rename.oldPath)
            page.raw("</code> → <code>")
            page.text(rename.newPath)
            page.raw("</code> <small>\(rename.percent)&nbsp;%</small></li>\n")
        }
        page.raw("</ul></details></section>\n")
    }

    private func writeAccepted(to page: inout HTMLText) {
        guard !result.accepted.isEmpty else { return }
        page.raw("<section class=\"extra\"><h2>Accepted, and not counted</h2>\n<ul>\n")
        for accepted in result.accepted {
            page.raw("<li><code>")
            page.text(accepted.change.path)
            page.raw("</code> <span class=\"rule\">\(accepted.change.rule.id)</span>: ")
            page.text(accepted.acceptance.reason)
            if let expires = accepted.acceptance.expires { page.raw(" <small>until \(expires)</small>") }
            page.raw("</li>\n")
        }
        page.raw("</ul></section>\n")
    }

    // MARK: Changes

    private func write(_ group: ChangeGroup, _ anchors: inout HTMLAnchors, to page: inout HTMLText) {
        let anchor = anchors.anchor(group.title)
        page.raw("<section class=\"group\" data-table=\"")
        page.text(group.title)
        page.raw("\">\n<h2 id=\"\(anchor)\"><a href=\"#\(anchor)\">")
        page.text(group.title)
        page.raw("</a></h2>\n")
        for change in group.changes { write(change, &anchors, to: &page) }
        if group.impliedMembers > 0 { writeMembers(of: group, to: &page) }
        page.raw("</section>\n")
    }

    private func write(_ change: Change, _ anchors: inout HTMLAnchors, to page: inout HTMLText) {
        let anchor = anchors.anchor("\(change.rule.id) \(change.path)")
        let severity = change.severity.rawValue
        page.raw("<article id=\"\(anchor)\" class=\"change \(severity)\" data-severity=\"\(severity)\">\n<p>")
        page.raw("<span class=\"severity\">\(severity)</span> ")
        if !change.pathInGroup.isEmpty {
            page.raw("<code>")
            page.text(change.pathInGroup)
            page.raw("</code> ")
        }
        page.text(change.fullMessage)
        page.raw(
            " <a class=\"rule\" href=\"#\(anchor)\" aria-label=\"Link to this change, rule \(change.rule.id)\">"
                + "\(change.rule.id)</a></p>\n<details><summary>Details</summary>\n<p>"
        )
        page.text("\(change.rule.title). \(change.rule.reason) (\(change.rule.source.rawValue))")
        page.raw("</p>\n<dl>")
        writeRow("Old", change.oldLocation?.description, to: &page)
        writeRow("New", change.newLocation?.description, to: &page)
        let names = change.symbols.map(\.qualifiedName).joined(separator: ", ")
        writeRow("Swift", names.isEmpty ? nil : names, to: &page)
        for use in change.uses { writeRow("Used in", "\(use): \(use.symbol)", to: &page) }
        writeRow("Version", "\(change.bump.rawValue)", to: &page)
        page.raw("</dl>\n<div class=\"sides\">")
        writeSide("Before", change.oldDefinition ?? change.before, to: &page)
        writeSide("After", change.newDefinition ?? change.after, to: &page)
        page.raw("</div>\n</details>\n</article>\n")
    }

    private func writeRow(_ title: String, _ value: String?, to page: inout HTMLText) {
        guard let value else { return }
        page.raw("<dt>\(title)</dt><dd>")
        page.text(value)
        page.raw("</dd>")
    }

    private func writeSide(_ title: String, _ definition: String?, to page: inout HTMLText) {
        page.raw("<figure><figcaption>\(title)</figcaption>")
        if let definition {
            page.raw("<pre tabindex=\"0\">")
            page.block(definition)
            page.raw("</pre>")
        } else {
            page.raw("<p>nothing</p>")
        }
        page.raw("</figure>")
    }

    private func writeMembers(of group: ChangeGroup, to page: inout HTMLText) {
        let members = result.changes.filter { $0.isImplied && $0.element.root.path == group.title }
        page.raw("<details class=\"members\"><summary>with \(group.membersText)</summary><p>")
        for (place, member) in members.enumerated() {
            page.raw(place == 0 ? "<code>" : ", <code>")
            page.text(member.element.name)
            page.raw("</code>")
        }
        page.raw("</p></details>\n")
    }
}
