using System.Text.Json.Serialization;

namespace Rowhouse.Sessions.Tests.Requests;

[JsonSerializable(typeof(Cart))]
internal sealed partial class SessionJsonContext : JsonSerializerContext;
